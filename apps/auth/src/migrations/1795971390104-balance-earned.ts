import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Balances at the rates of orders, and of any size. */
export class BalanceEarned1795971390104 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table account_balances add column earned jsonb not null default '{}',
      alter column balance_usd type numeric(28,8)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table account_balances drop column earned, alter column balance_usd type numeric(20,8)');
  }
}
