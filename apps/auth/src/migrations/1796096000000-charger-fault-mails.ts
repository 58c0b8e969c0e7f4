import { type Owned, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const UP = [
  'alter table users add charger_fault_mails boolean not null default true',
  // 'faults', 'reports': what has come since 'mailed_at'.
  `create table charger_fault_mails (
    charger_id integer primary key,
    account_id integer not null,
    identity text,
    faults jsonb not null,
    reports integer not null,
    mailed_at timestamptz,
    changed_at timestamptz not null default now()
  )`,
  'create index charger_fault_mails_account on charger_fault_mails (account_id, mailed_at)',
  'create index charger_fault_mails_waiting on charger_fault_mails (account_id) where reports > 0',
];

/** Mails about faults of chargers, and who wants them. */
export class ChargerFaultMails1796096000000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = { charger_fault_mails: { column: 'account_id' } };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table charger_fault_mails');
    await runner.query('alter table users drop charger_fault_mails');
  }
}
