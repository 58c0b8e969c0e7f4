import { CREATE_EARNED, DROP_EARNED } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As many digits as the highest price times the longest session has; a wider column of the same scale rewrites no row. */
const widened = (digits: number): string[] => [
  `alter table charge_points alter column price_usd type numeric(${digits},8),
    alter column total_earnings_usd type numeric(${digits},8), alter column earning_day_usd type numeric(${digits},8)`,
  `alter table charge_point_prices alter column price_usd type numeric(${digits},8)`,
  `alter table charge_point_orders alter column earnings_usd type numeric(${digits},8)`,
  `alter table charge_point_days alter column earnings_usd type numeric(${digits},8)`,
];

const UP = [
  ...widened(28),
  ...CREATE_EARNED,
  'alter table charge_point_orders add column currency text, add column earnings_amount numeric(38,8)',
  `alter table charge_point_days add column earned jsonb not null default '{}'`,
  `alter table charge_points add column total_earned jsonb not null default '{}',
    add column earning_day_earned jsonb not null default '{}'`,
];

/** Earnings at each order's own rate. What was counted before has no currency until `figures rebuild` asks orders. */
export class Earned1795971390102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points drop column total_earned, drop column earning_day_earned');
    await runner.query('alter table charge_point_days drop column earned');
    await runner.query('alter table charge_point_orders drop column currency, drop column earnings_amount');
    for (const statement of [...DROP_EARNED, ...widened(20)]) await runner.query(statement);
  }
}
