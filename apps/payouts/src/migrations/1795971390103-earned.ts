import { CREATE_EARNED, DROP_EARNED } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As many digits as the highest price times the longest session has; a wider column of the same scale rewrites no row. */
const widened = (digits: number): string[] => [
  `alter table ledger_postings alter column amount type numeric(${digits},8)`,
  `alter table ledger_checkpoints alter column balance type numeric(${digits},8)`,
  `alter table payouts alter column amount_usd type numeric(${digits},8)`,
];

const UP = [
  ...widened(28),
  ...CREATE_EARNED,
  `alter table ledger_postings add column earned jsonb not null default '{}'`,
  `alter table ledger_checkpoints add column earned jsonb not null default '{}'`,
  `alter table payouts add column amount numeric(38,8), add column earned jsonb not null default '{}'`,
];

/** What owners are owed at the rates of their orders, beside the US dollars in which the ledger balances. */
export class Earned1795971390103 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table payouts drop column amount, drop column earned');
    await runner.query('alter table ledger_checkpoints drop column earned');
    await runner.query('alter table ledger_postings drop column earned');
    for (const statement of [...DROP_EARNED, ...widened(20)]) await runner.query(statement);
  }
}
