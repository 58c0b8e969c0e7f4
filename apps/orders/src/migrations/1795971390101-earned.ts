import { CREATE_EARNED, DROP_EARNED } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As many digits as the highest price times the longest session has; a wider column of the same scale rewrites no row. */
const widened = (digits: number): string[] => [
  `alter table orders alter column unit_price_usd type numeric(${digits},8), alter column price_usd type numeric(${digits},8),
    alter column fees_usd type numeric(${digits},8), alter column earning_usd type numeric(${digits},8),
    alter column flat_fee_usd type numeric(${digits},8)`,
  `alter table charge_point_totals alter column earnings_usd type numeric(${digits},8)`,
  `alter table charge_point_days alter column earnings_usd type numeric(${digits},8)`,
];
const ownWidened = (digits: number): string =>
  `alter table orders alter column unit_price_amount type numeric(${digits},8),
    alter column price_amount type numeric(${digits},8), alter column earning_amount type numeric(${digits},8)`;

const UP = [
  'alter table orders add column limit_told boolean not null default false',
  ...widened(28),
  ownWidened(38),
  ...CREATE_EARNED,
  `alter table charge_point_totals add column earned jsonb not null default '{}'`,
  `alter table charge_point_days add column earned jsonb not null default '{}'`,
];

/** Sums of earnings at each order's own rate, amounts of any size that the API allows, and limits told. */
export class Earned1795971390101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table orders drop column limit_told');
    await runner.query('alter table charge_point_totals drop column earned');
    await runner.query('alter table charge_point_days drop column earned');
    for (const statement of [...DROP_EARNED, ...widened(20), ownWidened(28)]) await runner.query(statement);
  }
}
