import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const UP = [
  `create table site_limits (
    site_id integer primary key,
    account_id integer not null,
    amperes integer not null,
    charge_points integer[] not null,
    members_at timestamptz not null default now()
  )`,
  `create index site_limits_account on site_limits (account_id)`,

  // Of connector 0: the charger with all of its connectors. 'most': what it takes at most, as far as it is known.
  `create table current_limits (
    charger_id integer not null references chargers (id) on delete cascade,
    connector integer not null,
    account_id integer not null,
    amperes integer,
    target integer,
    applied integer,
    most integer,
    sent integer,
    command_id integer,
    generation bigint,
    attempts integer not null default 0,
    unsupported boolean not null default false,
    error text,
    next_at timestamptz not null default now(),
    primary key (charger_id, connector)
  )`,
  `create index current_limits_account on current_limits (account_id)`,
];

/** Limits of the current: of connectors and chargers, and of sites, whose chargers share them. */
export class CurrentLimits1796092000000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    site_limits: { column: 'account_id' },
    current_limits: { column: 'account_id' },
  };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table current_limits, site_limits');
  }
}
