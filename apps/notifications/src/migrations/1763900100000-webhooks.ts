import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table webhooks (
    id integer generated always as identity primary key,
    account_id integer not null,
    url text not null,
    description text not null,
    -- Empty: all types.
    events text[] not null,
    status text not null default 'active' constraint webhooks_status check (status in ('active', 'paused', 'disabled')),
    secrets bytea not null,
    failing_since timestamptz,
    last_error text,
    last_delivered_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`,
  'create index webhooks_account on webhooks (account_id, id)',
  `create table webhook_deliveries (
    id bigint generated always as identity primary key,
    account_id integer not null,
    webhook_id integer not null references webhooks on delete cascade,
    event_id text not null,
    type text not null,
    -- Null for what is no event of the account: a test.
    sequence bigint,
    -- As it is sent and signed, the same at every try.
    body text not null,
    status text not null default 'pending'
      constraint webhook_deliveries_status check (status in ('pending', 'delivered', 'failed')),
    attempts integer not null default 0,
    response_status integer,
    error text,
    -- By when the queue should have come back to it.
    due_at timestamptz not null default now() + interval '15 minutes',
    attempted_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  'create index webhook_deliveries_of on webhook_deliveries (account_id, webhook_id, id)',
  'create index webhook_deliveries_webhook on webhook_deliveries (webhook_id)',
  `create index webhook_deliveries_due on webhook_deliveries (due_at) where status = 'pending'`,
  'create index webhook_deliveries_created_at on webhook_deliveries (created_at)',
];

/** Who is told of events, and how that went. */
export class Webhooks1763900100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_deliveries, webhooks');
  }
}
