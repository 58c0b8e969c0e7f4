import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

/** Accounts that are locked: their chargers have no connection. */
export class AccountLocks1796086000000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { account_locks: { column: 'account_id' } };

  override async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table account_locks (account_id integer primary key)');
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table account_locks');
  }
}
