import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

const UP = [
  `create table charge_point_price_history (
    sequence bigint generated always as identity primary key,
    charge_point_id integer not null constraint charge_point_price_history_point references charge_points (id)
      on delete cascade,
    valid_from timestamptz not null,
    prices jsonb not null
  )`,
  `create index charge_point_price_history_at on charge_point_price_history (charge_point_id, valid_from, sequence)`,
  // What is in force today; who prices sessions was told of what came before.
  `insert into charge_point_price_history (charge_point_id, valid_from, prices)
  select c.id, t.now, jsonb_build_object('id', c.id, 'account_id', c.account_id, 'time_zone', c.time_zone,
    'price_unit', c.price_unit, 'price_usd', coalesce(c.price_usd, 0)::text,
    'price_amount', c.price_amount::text, 'price_currency', c.price_currency,
    'session_limit_type', c.session_limit_type, 'session_limit_value', c.session_limit_value,
    'valid_from', to_char(t.now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'ranges', coalesce((
      select jsonb_agg(jsonb_build_object('id', p.id, 'price_usd', p.price_usd::text, 'amount', p.price_amount::text,
        'currency', p.price_currency, 'starting', to_char(p.starting, 'HH24:MI'),
        'ending', to_char(p.ending, 'HH24:MI')) order by p.starting)
      from charge_point_prices p where p.charge_point_id = c.id), '[]'))
  from charge_points c cross join (select clock_timestamp() as now) t order by c.id`,
];

/** Every version of the prices of a power center, and from when on it is in force. */
export class PriceHistory1795956234114 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    charge_point_price_history: { through: 'charge_points', by: 'charge_point_id' },
  };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table charge_point_price_history');
  }
}
