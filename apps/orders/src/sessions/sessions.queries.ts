import { notFailing } from '@open-cpo/persistence';

const REQUESTED = ['requested_quantity', 'requested_unit'];
const START = ['charge_point_id', 'token', 'connector_number', 'driver_id', 'rfid', 'payment', ...REQUESTED];
const OF_START = [...START, 'start_wh', 'start_event_id', 'start_stored_at', 'card'];
const OF_END = ['end_wh', 'end_event_id', 'end_stored_at'];
const COLUMNS = ['session_id', 'started_at', ...OF_START, 'ended_at', 'silent_at', ...OF_END].join(', ');
// The start and the end that were recorded first stay; overtaken ones take their place by RESTORE_START and RESTORE_END. An end that
// was assumed gives way to the next one, and to one that was reported.
const begun = OF_START.map(
  (name) => `${name} = case when s.started_at is null then excluded.${name} else s.${name} end`,
);
const SAYS_END = `s.ended_at is null and (excluded.ended_at is not null
  or excluded.silent_at is not null and coalesce(excluded.end_stored_at >= s.end_stored_at, true))`;
const ended = OF_END.map((name) => `${name} = case when ${SAYS_END} then excluded.${name} else s.${name} end`);

/** Merges received events into the stored sessions, in the order of the ids, so that replicas never deadlock. */
export const MERGE = `
  insert into sessions as s (${COLUMNS})
  select ${COLUMNS} from json_populate_recordset(null::sessions, $1) order by session_id
  on conflict (session_id) do update set
    started_at = coalesce(s.started_at, excluded.started_at),
    ${begun.join(', ')},
    ${ended.join(', ')},
    ended_at = coalesce(s.ended_at, excluded.ended_at),
    silent_at = case when ${SAYS_END} then coalesce(excluded.silent_at, s.silent_at) else s.silent_at end,
    heard_at = now()`;

const replacing = (columns: readonly string[]): string => `
  update sessions s set ${columns.map((name) => `${name} = n.${name}`).join(', ')}
  from json_populate_recordset(null::sessions, $1) n where s.session_id = n.session_id`;

/** Puts starts in the place of those that the stream stored later; their sessions are locked and have no order. */
export const RESTORE_START = replacing(['started_at', ...OF_START, 'worker_id']);

/** The same with ends. */
export const RESTORE_END = replacing(['ended_at', ...OF_END, 'silent_at']);

/** Makes what is known of a session a session of its own, to which its order goes; the session begins without one. */
export const SPLIT = `
  with own as (update sessions set order_id = null, held = false, settled = false,
      silent_at = case when end_event_id is not null then silent_at end
    where session_id = $1 returning 1)
  insert into sessions select (jsonb_populate_record(s, jsonb_build_object(
    'session_id', $2::text, 'settled', true, 'held', false, 'card', 'done'))).*
  from sessions s cross join own where s.session_id = $1`;

export const READ = `
  insert into session_readings as r (session_id, read_at, wh)
  select session_id, read_at, wh from json_populate_recordset(null::session_readings, $1) order by session_id, read_at
  on conflict (session_id, read_at) do update set wh = greatest(r.wh, excluded.wh)`;

export const LOCK = 'select * from sessions where session_id = any($1::text[]) order by session_id for update';

/** Readings of a session that price it; of more than so many they are chosen evenly, with the first and the last. */
export const PRICED_READINGS = 5000;

/** Readings of a session that are read to choose from: one a second for 27 hours. */
const READ_AT_MOST = 100_000;

/**
 * The readings of sessions by which they are priced, oldest first. Bounded, because a session is priced again for every batch
 * of readings that come after its end.
 */
export const READINGS = `
  select s.session_id, r.at, r.wh from unnest($1::text[]) as s (session_id) cross join lateral (
    select at, wh, row_number() over (order by at) as n, count(*) over () as total from (
      (select read_at as at, wh from session_readings f where f.session_id = s.session_id
        order by read_at limit ${READ_AT_MOST})
      union (select read_at, wh from session_readings l where l.session_id = s.session_id
        order by read_at desc limit 1)) as known) r
  where r.total <= ${PRICED_READINGS} or r.n = 1
    or r.n * ${PRICED_READINGS} / r.total > (r.n - 1) * ${PRICED_READINGS} / r.total
  order by s.session_id, r.at`;

export const LAST_READINGS = `
  select s.session_id, r.read_at as at, r.wh from unnest($1::text[]) as s (session_id)
  cross join lateral (select read_at, wh from session_readings r where r.session_id = s.session_id
    order by read_at desc limit 1) r`;

/** What became of sessions. */
export const NOTE = `
  update sessions s set order_id = n.order_id, held = n.held, settled = n.settled
  from json_to_recordset($1) as n (session_id text, order_id integer, held boolean, settled boolean)
  where s.session_id = n.session_id
    and (s.order_id, s.held, s.settled) is distinct from (n.order_id, n.held, n.settled)`;

export const HELD = `select session_id from sessions where held and session_id > $1
  and ${notFailing('held-sessions', 'session_id')} order by session_id limit $2`;

/** Held sessions whose card was not looked up; the owner is that of their order. */
export const CARDS = `
  select s.session_id, s.rfid, s.order_id as "orderId", o.account_id as "accountId", (o.created_at at time zone c.time_zone)::date::text as day
  from sessions s join orders o on o.id = s.order_id join charge_points c on c.id = o.charge_point_id
  where s.held and s.card = 'pending' and ${notFailing('cards', 's.session_id')} order by s.heard_at limit $1`;

// Of the card and the order that were asked about: another start may have taken the place of that one meanwhile.
export const CARD_DONE = `update sessions set card = 'done', worker_id = $2
  where session_id = $1 and card = 'pending' and rfid = $3 and order_id = $4`;

/** Minutes without an event after which a session has ended whose connector has had another beginning since. */
const FOLLOWED_MINUTES = 30;

// A connector has one session at a time: the end of the one before was lost, such as by a loss of power. Of a connector without a
// number nothing is known.
const FOLLOWED = `exists (
  select from orders o join lateral (
    select n.connector_number, n.created_at, n.status from orders n
    where n.charge_point_id = o.charge_point_id and n.id > o.id order by n.charge_point_id, n.id limit 50) n
    on n.connector_number = o.connector_number and n.created_at > o.created_at and n.status <> 2
  where o.id = s.order_id)`;

const IS_SILENT = `
  not s.settled and s.ended_at is null and s.silent_at is null and s.order_id is not null
    and s.heard_at < now() - least($1, ${FOLLOWED_MINUTES}) * interval '1 minute'
    and (s.heard_at < now() - $1 * interval '1 minute' or ${FOLLOWED})`;

/** Sessions without events for a while. */
export const SILENT = `
  select s.session_id from sessions s
  where ${IS_SILENT} and ${notFailing('silent-sessions', 's.session_id')}
  order by s.heard_at limit $2`;

/** Ends those of them that are silent still, as of their last reading. */
export const SILENCE = `
  update sessions s set silent_at = coalesce(
    (select max(greatest(read_at, s.started_at)) from session_readings r where r.session_id = s.session_id), s.started_at)
  where session_id = any(array(select s.session_id from sessions s
    where s.session_id = any($2::text[]) and ${IS_SILENT} order by s.session_id for update of s skip locked))
  returning session_id`;

/**
 * Running sessions that have come to a limit in minutes by the clock and sent nothing for a minute: readings that come more
 * often are judged when they come.
 */
export const OVER_TIME = `
  select s.session_id from sessions s join orders o on o.id = s.order_id
  where not s.settled and s.ended_at is null and s.silent_at is null and s.heard_at < now() - interval '1 minute'
    and o.status = 0 and not o.held and not o.limit_told
    and extract(epoch from now() - o.created_at) / 60 >= least(
      case when o.tariff->>'limit_type' = 'minutes' then nullif((o.tariff->>'limit_value')::numeric, 0) end,
      case when coalesce(o.requested_unit, o.unit) = 'minutes' and o.requested_quantity ~ '^[0-9]+([.][0-9]+)?$'
        then nullif(o.requested_quantity::numeric, 0) end)
    and ${notFailing('time-limits', 's.session_id')}
  order by s.heard_at limit $1`;

/** Words about sessions that never began, or at power centers that there never were; operators can see them until then. */
export const ORPHANS = `
  delete from sessions where session_id = any(array(select session_id from sessions
    where not settled and order_id is null and heard_at < now() - interval '400 days' limit $1))`;

/** Inserts a session first, so that the next consumer of its events waits for this transaction. */
export const MENTION = `
  insert into sessions (session_id, card) select session_id, 'none' from unnest($1::text[]) as s (session_id)
  order by session_id on conflict do nothing`;

/** Readings that no correction will ask for: of orders that have long been closed for events, and of no session. */
export const OLD_READINGS = `
  delete from session_readings where ctid = any(array(select r.ctid from session_readings r
    left join sessions s on s.session_id = r.session_id left join orders o on o.id = s.order_id
    where r.stored_at < now() - interval '180 days' and (s.session_id is null or (s.settled and not o.held
      and coalesce(o.completed_at, o.delivered_at, o.updated_at) < now() - interval '180 days')) limit $1))`;
