import { acrossAccounts } from '@open-cpo/persistence';

// An older word than the last one changes nothing; replicas and repeats may bring it late.
export const KEEP = `
  insert into charge_points as c
    (id, account_id, identifier, token, time_zone, price, connectors, card, created_at, told_at)
  select id, account_id, identifier, token, time_zone, price, connectors, card, created_at, told_at
  from json_populate_recordset(null::charge_points, $1) order by id
  on conflict (id) do update set account_id = excluded.account_id, identifier = excluded.identifier,
    token = excluded.token, time_zone = excluded.time_zone, price = excluded.price,
    connectors = excluded.connectors, card = excluded.card, told_at = excluded.told_at
  where c.told_at <= excluded.told_at`;

/** When a power center was first published, whichever event came first. */
export const CREATED = `
  update charge_points c set created_at = r.created_at
  from json_to_recordset($1) as r (id integer, created_at timestamptz) where c.id = r.id and c.created_at > r.created_at`;

export const REMOVE = `
  update charge_points c set removed_at = r.told_at
  from json_to_recordset($1) as r (id integer, told_at timestamptz) where c.id = r.id and c.removed_at is null`;

export const KEEP_TARIFFS = `
  insert into charge_point_tariffs (charge_point_id, valid_from, tariff)
  select charge_point_id, valid_from, tariff
  from json_populate_recordset(null::charge_point_tariffs, $1) order by charge_point_id, valid_from
  on conflict (charge_point_id, valid_from) do update set tariff = excluded.tariff`;

/** Those that sessions speak of, by id or by token; of those that were removed, too: their sessions may end late. */
export const MEANT = `
  select id, account_id, token, time_zone, price, connectors, card, created_at, removed_at,
    coalesce((select json_agg(json_build_object('from', t.valid_from, 'tariff', t.tariff) order by t.valid_from)
      from charge_point_tariffs t where t.charge_point_id = c.id), '[]') as tariffs
  from charge_points c where id = any($1::int[]) or token = any($2::text[])`;

export const TOKENS = 'select id, token from charge_points where id = any($1::int[])';

/** Whose a power center is. */
export const OWNER = acrossAccounts(
  'whose a power center is: the handlers of orders compare it',
  'select account_id, removed_at is not null as removed from charge_points where id = $1',
  'charge-points.owner',
);
