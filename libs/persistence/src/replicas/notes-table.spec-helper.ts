import type { QueryRunner } from 'typeorm';
import { type RlsRule, RlsTables } from '../index';

/** A table of accounts' rows, for tests. */
export class NotesTable1800000000000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { notes: { column: 'account_id' } };

  override async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table notes (id int generated always as identity primary key, account_id int not null, text text not null)',
    );
    await super.up(runner);
  }
}
