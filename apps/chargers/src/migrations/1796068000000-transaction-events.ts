import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const UP = [
  // Of OCPP 2.0.1: the charger's own id, and whether it is open how its session begins.
  `alter table transactions add column remote_id text, add column undecided boolean not null default false`,
  `create index transactions_remote_id on transactions (charger_id, remote_id, id desc) where remote_id is not null`,
  `create index transactions_undecided on transactions (stop_received_at) where undecided`,

  `create table transaction_events (
    id bigint generated always as identity primary key,
    transaction_id integer not null references transactions (id) on delete cascade,
    account_id integer not null,
    content_key bytea not null,
    seq_no bigint,
    type text not null,
    at timestamptz not null,
    offline boolean not null,
    id_tag text,
    accepted boolean,
    worker boolean,
    connector integer,
    charging boolean not null,
    readings jsonb not null,
    signed text,
    received_at timestamptz not null default now(),
    unique (transaction_id, content_key)
  )`,
  `create index transaction_events_received_at on transaction_events (received_at) where signed is null`,
  `create index transaction_events_signed on transaction_events (received_at) where signed is not null`,
  `create index transaction_events_account on transaction_events (account_id)`,
];

const DOWN = ['drop table transaction_events', 'alter table transactions drop column remote_id, drop column undecided'];

/** Transactions of OCPP 2.0.1, whose events come in any order. */
export class TransactionEvents1796068000000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { transaction_events: { column: 'account_id' } };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
