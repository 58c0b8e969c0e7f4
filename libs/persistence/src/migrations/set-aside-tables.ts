import type { QueryRunner } from 'typeorm';
import { type RlsRule, RlsTables } from '../rls/rls-tables';

const UP = [
  // Events between two tries; events with the same key are handled in the order of their ids.
  `create table parked_events (
    id bigint generated always as identity primary key,
    consumer text not null,
    event_id text not null,
    key text,
    subject text not null,
    occurred_at text not null,
    payload bytea not null,
    attempts smallint not null default 0,
    deaths smallint not null default 0,
    started_at timestamptz,
    reason text,
    parked_at timestamptz not null default clock_timestamp(),
    next_try_at timestamptz not null,
    unique (consumer, event_id)
  )`,
  `create index parked_events_due on parked_events (consumer, next_try_at)`,
  `create index parked_events_key on parked_events (consumer, key, id) where key is not null`,

  // Items that a sweep could not deal with, and when it tries them again.
  `create table failed_items (
    sweep text not null,
    item text not null,
    failures int not null default 1,
    reason text not null,
    first_failed_at timestamptz not null default clock_timestamp(),
    last_failed_at timestamptz not null default clock_timestamp(),
    next_try_at timestamptz not null,
    primary key (sweep, item)
  )`,
];

/** What consumers and sweeps have taken aside, so that the others go on. */
export class SetAsideTables1700000000300 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    parked_events: { callers: 'none' },
    failed_items: { callers: 'none' },
  };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table parked_events, failed_items');
  }
}
