import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table payout_methods (
    id integer generated always as identity primary key,
    account_id integer not null,
    method_id integer not null,
    provider text not null,
    provider_account text,
    status text not null constraint payout_methods_status check (status in ('Pending', 'Active', 'Rejected')),
    link text,
    link_ends_at timestamptz,
    told_at timestamptz,
    details bytea not null,
    document bytea,
    document_type text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  'create unique index payout_methods_once on payout_methods (account_id, method_id)',
  `create index payout_methods_account on payout_methods (provider_account) where provider_account is not null`,
  `create table payouts (
    id integer generated always as identity primary key,
    account_id integer not null,
    user_id integer not null,
    method_id integer not null,
    provider text not null,
    provider_key text not null,
    provider_account text,
    account_shown text not null,
    recipient bytea not null,
    amount_usd numeric(20,8) not null constraint payouts_amount check (amount_usd > 0 and amount_usd <> 'NaN'),
    currency text not null,
    rate numeric(20,8) not null,
    status text not null default 'pending' constraint payouts_status check (status in ('pending', 'paied', 'failed')),
    response text not null,
    manual boolean not null,
    tries integer not null default 0,
    asked_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  // The last word on one payout at a time.
  `create unique index payouts_open on payouts (account_id) where status = 'pending'`,
  'create index payouts_of on payouts (account_id, id)',
  `create index payouts_waiting on payouts (asked_at) where status = 'pending'`,
  `create table provider_events (
    id text not null constraint provider_events_pkey primary key,
    type text not null,
    taken_at timestamptz not null default now()
  )`,
];

/** How owners are paid, what was paid, and what providers have told. */
export class Payouts1763850100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table provider_events, payouts, payout_methods');
  }
}
