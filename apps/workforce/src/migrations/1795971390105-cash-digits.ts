import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A wider column of the same scale rewrites no row. */
const widened = (digits: number): string[] => [
  `alter table cash_movements alter column amount type numeric(${digits},8), alter column till_amount type numeric(${digits},8)`,
  `alter table worker_cash alter column balance type numeric(${digits},8)`,
];

/** As many digits as the highest price times the longest session has, in any currency. */
export class CashDigits1795971390105 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of widened(38)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of widened(20)) await runner.query(statement);
  }
}
