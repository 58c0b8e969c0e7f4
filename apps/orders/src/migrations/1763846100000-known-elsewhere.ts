import type { MigrationInterface, QueryRunner } from 'typeorm';

// `json` where `jsonb` would lose the order of the keys, in which clients see them.
const UP = [
  `create table accounts (
    account_id integer primary key,
    currency text not null,
    time_zone text not null
  )`,
  `create table charge_points (
    id integer primary key,
    account_id integer not null,
    identifier text not null,
    token text not null,
    time_zone text not null,
    price json,
    connectors json not null,
    card json not null,
    told_at timestamptz not null,
    removed_at timestamptz
  )`,
  `create index charge_points_token on charge_points (token)`,
  `create index charge_points_account on charge_points (account_id)`,
  `create index charge_points_identifier_prefix on charge_points (account_id, lower(identifier) text_pattern_ops)`,
  `create index charge_points_identifier on charge_points using gin (lower(identifier) gin_trgm_ops)`,
  `create table charge_point_tariffs (
    charge_point_id integer not null,
    valid_from timestamptz not null,
    tariff jsonb not null,
    primary key (charge_point_id, valid_from)
  )`,
];

/** What stations and auth told us: power centers as they are shown, their prices over time, currencies of accounts. */
export class KnownElsewhere1763846100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table charge_point_tariffs, charge_points, accounts');
  }
}
