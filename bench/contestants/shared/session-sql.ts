/** Sessions, their orders, the counters and the events of the orders, in one statement. What is repeated changes nothing. */
export const BEGIN = `with given as materialized (
    select nextval(pg_get_serial_sequence('orders', 'id'))::int as order_id, g.*
    from json_to_recordset($1) as g (session_id text, token text, connector_number int, driver_id int, payment text,
      requested_quantity text, meter_wh numeric, time timestamptz)),
  begun as (
    insert into sessions (session_id, started_at, token, connector_number, driver_id, payment, requested_quantity,
      start_wh, card, order_id)
    select session_id, time, token, connector_number, driver_id, payment, requested_quantity, meter_wh, 'none', order_id
    from given on conflict (session_id) do nothing returning session_id),
  made as (
    insert into orders (id, session_id, account_id, charge_point_id, charge_point_connector_id, connector_number, user_id,
      payment, unit, requested_quantity, status, revision, tariff, prices, charging_session_time,
      charging_session_energy, quantity, unit_price_usd, price_usd, fees_usd, earning_usd, feedback_exist, created_at,
      updated_at)
    select g.order_id, session_id, c.account_id, c.id, (
        select (m->>'id')::int from json_array_elements(c.connectors) m
        where (m->>'number')::int = g.connector_number limit 1),
      g.connector_number, g.driver_id, g.payment, t.tariff->>'unit', g.requested_quantity, 0, 0, t.tariff, '[]', 0, 0, 0,
      (t.tariff->>'price_usd')::numeric, 0, 0, 0, false, g.time, g.time
    from given g join begun using (session_id) join charge_points c on c.token = g.token
      cross join lateral (
        select tariff from charge_point_tariffs t where t.charge_point_id = c.id and t.valid_from <= g.time
        order by t.valid_from desc limit 1) t
    returning id, session_id, account_id, charge_point_id, connector_number, created_at),
  accounts as (
    insert into account_totals as t (account_id, orders) select account_id, count(*) from made group by 1
    on conflict (account_id) do update set orders = t.orders + excluded.orders),
  points as (
    insert into charge_point_totals as t (charge_point_id, account_id, orders)
    select charge_point_id, account_id, count(*) from made group by 1, 2
    on conflict (charge_point_id) do update set orders = t.orders + excluded.orders)
  insert into outbox (kind, name, aggregate, key, payload, secret)
  select 'fact', $2 || '.' || charge_point_id, $2 || '.' || charge_point_id, 'order-started-' || id, json_build_object(
    'id', 'order-started-' || id, 'order_id', id, 'account_id', account_id, 'charge_point_id', charge_point_id,
    'connector_number', connector_number, 'started_at', created_at, 'session_id', session_id), false
  from made`;

/** The numbered events of accounts, and a delivery for each webhook that wants one. */
export const DELIVER = `with given as (
    select id, account_id, data, started_at, place from json_to_recordset($1)
      as g (id text, account_id int, data jsonb, started_at timestamptz, place int)),
  fresh as (
    insert into inbox (consumer, event_id) select 'notifications', id from given on conflict do nothing
    returning event_id),
  new as (select g.* from given g join fresh f on f.event_id = g.id),
  counted as (select account_id, count(*) as added from new group by 1),
  locked as (
    insert into feeds (account_id, head) select account_id, added from counted
    on conflict (account_id) do update set head = feeds.head + excluded.head returning account_id, head),
  kept as (
    insert into events (account_id, sequence, id, type, occurred_at, data)
    select account_id, l.head - c.added + row_number() over (partition by account_id order by place), id, 'order.started',
      started_at, data
    from new join locked l using (account_id) join counted c using (account_id)
    returning account_id, sequence, id, type, occurred_at, data)
  insert into webhook_deliveries (account_id, webhook_id, event_id, type, sequence, body)
  select k.account_id, w.id, k.id, k.type, k.sequence, json_build_object(
    'id', k.id, 'type', k.type, 'sequence', k.sequence, 'occurred_at', k.occurred_at, 'data', k.data)::text
  from kept k join webhooks w on w.account_id = k.account_id
  where w.status = 'active' and not w.locked and (w.events = '{}' or k.type = any(w.events))`;

/** Power centers with the orders that have begun there, and their connectors. */
export const OCCUPY = `with given as (
    select * from json_to_recordset($1)
      as g (order_id int, charge_point_id int, connector_number int, started_at timestamptz)),
  counted as (
    insert into charge_point_orders (order_id, charge_point_id, stage, day, minutes, energy, earnings_usd)
    select order_id, charge_point_id, -1, started_at::date, 0, 0, 0 from given
    on conflict do nothing returning charge_point_id),
  moved as (
    update charge_point_connectors m set status = 'busy', status_at = l.started_at
    from (select charge_point_id, connector_number, max(started_at) as started_at from given group by 1, 2) l
    where m.charge_point_id = l.charge_point_id and m.number is not distinct from l.connector_number
      and (m.status_at is null or m.status_at <= l.started_at))
  update charge_points c set busy = true, orders_count = c.orders_count + n.orders
  from (select charge_point_id, count(*)::int as orders from counted group by 1) n
  where c.id = n.charge_point_id returning c.id`;

export const TELL = `insert into outbox (kind, name, aggregate, key, payload, secret)
  select 'fact', name, name, gen_random_uuid()::text, payload, false
  from json_to_recordset($1) as g (name text, payload json)`;
