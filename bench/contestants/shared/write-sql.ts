/** The lock of a key and the answer that was given under it. */
export const CLAIM = `select pg_try_advisory_xact_lock($1::bigint) as locked,
  (select answer from idempotency_keys where id = $2) as answer`;

export const CREATE = `insert into charge_points
  (account_id, identifier, token, category, title, city, time_zone, created_at, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, now(), now()) returning id, price_unit, created_at, updated_at`;

export const HELD =
  'select title from charge_points where id = $1 and account_id = $2 and deleted_at is null for update';

export const CHANGE = 'update charge_points set title = $2, updated_at = now() where id = $1';

export const WORKER = `insert into workers (account_id, first_name, last_name, email, rfid, expire_at)
  values ($1, $2, $3, $4, $5, $6) returning id`;

export const PRICE = `select p.id, p.charge_point_id, p.price_amount, p.price_currency, p.price_usd,
  to_char(p.starting, 'HH24:MI') as starting, to_char(p.ending, 'HH24:MI') as ending, c.time_zone,
  c.price_unit as unit
  from charge_point_prices p join charge_points c on c.id = p.charge_point_id
  where p.id = $1 and c.account_id = $2 for update`;

export const CHANGE_PRICE = `update charge_point_prices
  set price_amount = $2, price_currency = $3, price_usd = $4, updated_at = now() where id = $1`;

/** The audit entry, the event and the key's answer in one statement. */
export const FINISH = `with entered as (
    insert into audit_log (account_id, user_id, request_id, action, subject, subject_id, before, after)
    values ($1, $2, $3, $4, $5, $6, $7, $8)),
  told as (
    insert into outbox (kind, name, aggregate, key, payload, secret)
    select 'fact', $9, $9, $3, $10::json, false where $10::text is not null)
  insert into idempotency_keys (id, body_mac, answer) values ($11, $12, $13)`;

export const UNSENT = `select id, name, key, payload::text as payload from outbox
  where kind = 'fact' and sent_at is null and dead_at is null order by id limit 500`;

export const SENT = 'update outbox set sent_at = now() where id = any($1::bigint[])';

export const IN_ORDERS = `insert into charge_points as c
  (id, account_id, identifier, token, time_zone, connectors, card, created_at, told_at)
  select id, account_id, card->>'identifier', card->>'token', time_zone, card->'connectors', card, told_at, told_at
  from json_to_recordset($1) as r (id int, account_id int, time_zone text, card json, told_at timestamptz)
  where card is not null
  on conflict (id) do update set card = excluded.card, told_at = excluded.told_at where c.told_at <= excluded.told_at`;

export const TARIFFS = `insert into charge_point_tariffs (charge_point_id, valid_from, tariff)
  select id, told_at, prices from json_to_recordset($1) as r (id int, told_at timestamptz, prices jsonb)
  where prices is not null
  on conflict (charge_point_id, valid_from) do update set tariff = excluded.tariff`;

export const IN_NOTIFICATIONS = `insert into power_centers as c (id, account_id, told_at, status)
  select id, account_id, told_at, json_build_object('status', card->'status', 'connectors', card->'connectors')
  from json_to_recordset($1) as r (id int, account_id int, card json, told_at timestamptz) where card is not null
  on conflict (id) do update set status = excluded.status, told_at = excluded.told_at where c.told_at <= excluded.told_at`;

export const IN_CHARGERS = `insert into charge_points as c (id, account_id, token, time_zone, published_at)
  select id, account_id, card->>'token', time_zone, told_at
  from json_to_recordset($1) as r (id int, account_id int, time_zone text, card json, told_at timestamptz)
  where card is not null
  on conflict (id) do update set time_zone = excluded.time_zone, published_at = excluded.published_at
  where c.published_at <= excluded.published_at`;
