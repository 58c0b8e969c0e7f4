import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Whatever comes first makes the row: an end may be heard of before the beginning.
  `create table sessions (
    session_id text primary key,
    started_at timestamptz,
    charge_point_id integer,
    token text,
    connector_number integer,
    driver_id integer,
    rfid text,
    payment text,
    requested_quantity text,
    start_wh numeric(16,3),
    ended_at timestamptz,
    end_wh numeric(16,3),
    silent_at timestamptz,
    card text not null,
    worker_id integer,
    order_id integer constraint sessions_order unique,
    held boolean not null default false,
    settled boolean not null default false,
    heard_at timestamptz not null default now()
  )`,
  `create index sessions_held on sessions (session_id) where held`,
  `create index sessions_open on sessions (heard_at) where not settled`,
  `create table session_readings (
    session_id text not null,
    read_at timestamptz not null,
    wh numeric(16,3) not null,
    stored_at timestamptz not null default now(),
    primary key (session_id, read_at)
  )`,
  `create index session_readings_age on session_readings using brin (stored_at)`,
];

/** What has been heard of charging sessions, in whatever order. */
export class Sessions1763846300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table session_readings, sessions');
  }
}
