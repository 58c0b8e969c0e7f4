import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // One row an account: its lock gives events their numbers, in the order of their commits.
  `create table feeds (
    account_id integer primary key,
    head bigint not null
  )`,
  `create table events (
    account_id integer not null,
    sequence bigint not null,
    id text not null,
    type text not null,
    occurred_at timestamptz not null,
    data jsonb not null,
    -- Not the transaction's beginning: later numbers are never older.
    kept_at timestamptz not null default clock_timestamp(),
    primary key (account_id, sequence)
  )`,
  'create index events_kept_at on events (kept_at)',
  `create table feed_tickets (
    hash bytea primary key,
    account_id integer not null,
    holder jsonb not null,
    ends_at timestamptz not null
  )`,
  'create index feed_tickets_account on feed_tickets (account_id)',
  // What was last told of each power center, so that a change of its status can be told from other changes.
  `create table power_centers (
    id integer primary key,
    account_id integer not null,
    told_at timestamptz not null,
    removed boolean not null default false,
    status jsonb not null
  )`,
];

/** What owners are told, numbered for each of them. */
export class Feed1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table power_centers, feed_tickets, events, feeds');
  }
}
