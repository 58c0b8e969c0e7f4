import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const UP = [
  `create table charging_back_ends (
    name text primary key,
    created_at timestamptz not null default now()
  )`,
  // Each of one account with all of its power centers, or of one power center.
  `create table back_end_grants (
    id integer generated always as identity primary key,
    back_end text not null constraint back_end_grants_back_end references charging_back_ends (name),
    account_id integer,
    charge_point_id integer constraint back_end_grants_point references charge_points (id) on delete cascade,
    created_at timestamptz not null default now(),
    constraint back_end_grants_one check (num_nonnulls(account_id, charge_point_id) = 1),
    constraint back_end_grants_account unique (back_end, account_id),
    constraint back_end_grants_charge_point unique (back_end, charge_point_id)
  )`,
  // What back ends say of power centers and connectors that there are not; -1: of the charger itself.
  `create table unknown_reports (
    id integer generated always as identity primary key,
    back_end text not null,
    named text not null,
    connector_number integer not null,
    account_id integer,
    charge_point_id integer,
    reports integer not null,
    first_at timestamptz not null default now(),
    last_at timestamptz not null,
    told_at timestamptz not null default now(),
    constraint unknown_reports_one unique (back_end, named, connector_number)
  )`,
];

/** Which power centers a charging back end serves, and what was reported of unknown ones. */
export class BackEnds1795999557283 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    charging_back_ends: { callers: 'none' },
    back_end_grants: { callers: 'none' },
    unknown_reports: { callers: 'none' },
  };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table unknown_reports, back_end_grants, charging_back_ends');
  }
}
