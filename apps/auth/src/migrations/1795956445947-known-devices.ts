import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table known_devices (
    id serial constraint known_devices_pkey primary key,
    user_id integer not null constraint known_devices_user_id_fkey references users (id) on delete cascade,
    device text not null,
    network bytea not null,
    first_seen_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now()
  )`,
  'create unique index known_devices_user_id_device_network_key on known_devices (user_id, network, device)',
  'create index known_devices_last_seen_at_idx on known_devices (last_seen_at)',
  'alter table verifications add column network bytea, add column from_known_network boolean not null default false',
  'alter table registrations add column password_hint bytea',
];

const DOWN = [
  'alter table registrations drop column password_hint',
  'alter table verifications drop column network, drop column from_known_network',
  'drop table known_devices',
];

/** Where users have logged in from, and where codes were asked for from: limits tell owners from strangers by it. */
export class KnownDevices1795956445947 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
