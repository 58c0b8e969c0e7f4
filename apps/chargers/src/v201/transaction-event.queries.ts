import { COLUMNS as OF_ALL } from '../transactions/transaction.queries';

/** Whether the charger has said, after a moment, that no message of a transaction waits to be sent. */
const hasToldAll = (since: string, more = 'true'): string => `exists (
  select from commands m where m.transaction_id = t.id and m.type = 'transaction_status' and m.state = 'accepted'
    and m.answered_at > ${since} and m.answer ->> 'queued' = 'false' and ${more})`;

const COLUMNS = `${OF_ALL}, undecided, kept_readings, most_wh::float8 as most_wh`;

export const NEWEST = `
  select ${COLUMNS} from transactions t where charger_id = $1 and remote_id = $2 order by id desc limit 2`;

export const STARTS = `
  select exists (select from transaction_events where transaction_id = t.id and content_key = $2) as repeated,
    exists (select from transaction_events where transaction_id = t.id and type = 'Started') as begun,
    greatest(t.started_at, t.last_read_at, t.stopped_at,
      (select max(at) from transaction_events where transaction_id = t.id)) as newest
  from transactions t where t.id = $1`;

export const OVERTAKE = `
  update transactions set stopped_at = coalesce(last_read_at, started_at), stop_received_at = now(), reason = 'Overtaken'
  where id = $1 and stopped_at is null`;

export const ADD = `
  with made as (select nextval('transaction_ids')::int as id)
  insert into transactions as t (id, charger_id, account_id, charge_point_id, session_id, remote_id, start_key, payment, accepted,
    published, undecided, started_at, started_said, start_received_at, clock_offset_ms, late, register_factor)
  select made.id, c.id, $2, $3, 'ocpp.' || c.id || '.' || made.id, $4, $5, 'cash', false, false, true, $6, $7, $8, $9, $10,
    c.register_factor
  from made, chargers c where c.id = $1
  returning ${COLUMNS}`;

export const BEGIN = `
  update transactions set started_at = $2, started_said = $3, start_received_at = $4, clock_offset_ms = $5, late = $6,
    start_wh = $7 where id = $1`;

export const CONNECTOR = 'update transactions set connector = $2 where id = $1 and connector is null';

/**
 * Events of one transaction that are kept; after its begin, those are its end and signed values. Beyond them, a few are kept
 * that are more than a reading: a vehicle may be plugged in for days before a card is shown. A few more begins and ends are.
 */
export const MAX_EVENTS = 5000;
export const MAX_TELLING = 200;
const MAX_BOUNDS = 50;
export const MOST_EVENTS = MAX_EVENTS + MAX_TELLING + MAX_BOUNDS;

/** Readings that are kept of one event, and of a transaction; of each event at least its first and last one are. */
export const MAX_EVENT_READINGS = 1000;
export const MAX_READINGS = 20_000;

export const ADD_EVENT = `
  insert into transaction_events (transaction_id, account_id, content_key, seq_no, type, at, offline, id_tag, accepted, worker,
    connector, charging, readings, signed)
  select $1::int, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
  where (select count(*) from (select from transaction_events where transaction_id = $1 limit $15) kept) < $15
  on conflict (transaction_id, content_key) do nothing returning id`;

export const IS_KEPT = 'select 1 from transaction_events where transaction_id = $1 and content_key = $2';

export const REGISTERS = `
  update transactions set kept_readings = kept_readings + $2, least_wh = least(least_wh, $3), most_wh = greatest(most_wh, $4)
  where id = $1`;

// Without one of these no session begins, however many readings there are.
export const TELLING = `
  select 1 from transaction_events where transaction_id = $1 and (accepted or charging or type = 'Ended') limit 1`;

export const EVENTS = `
  select id::float8 as id, type, seq_no::float8 as "seqNo", extract(epoch from at)::float8 * 1000 as at, id_tag as tag,
    accepted, worker, connector, charging
  from transaction_events where transaction_id = $1 order by id limit ${MOST_EVENTS}`;

export const READINGS = `
  select readings from transaction_events where transaction_id = $1 and id = any($2::bigint[]) order by id`;

export const DECIDE = `
  update transactions set undecided = false, started_at = $2, start_wh = $3, connector = coalesce($4, connector), id_tag = $5, payment = $6,
    accepted = $7 where id = $1`;

export const NEVER_DECIDED = 'update transactions set undecided = false where id = $1';

export const POSTPONE = `update transactions set decide_after = now() + interval '1 hour' where id = $1`;

export const BY_ID = `select ${COLUMNS} from transactions t where id = $1`;

export const OVERDUE = `
  select t.id, t.charger_id, t.charge_point_id, c.policy
  from transactions t join chargers c on c.id = t.charger_id and c.deleted_at is null
  where t.undecided and (t.decide_after is null or t.decide_after <= now()) and t.stop_received_at is not null
    and (t.stop_received_at < now() - make_interval(hours => $1) or ${hasToldAll('t.stop_received_at')})
  order by t.stop_received_at limit $2`;

const LAST_EVENT = 'greatest(t.start_received_at, t.last_read_at)';

// Those that have ended while events of their begin are missing, and those of which nothing came for half an hour.
export const DOUBTFUL = `
  select t.id, t.charger_id, t.account_id
  from transactions t join chargers c on c.id = t.charger_id and c.deleted_at is null and c.disconnected_at is null
    and c.protocol = 'ocpp2.0.1' and c.connected_at < now() - interval '1 minute'
  where t.remote_id is not null
    and (t.undecided and t.stop_received_at < now() - interval '1 minute'
      or t.stopped_at is null and t.published and ${LAST_EVENT} < now() - interval '30 minutes')
    and not exists (
      select from commands m where m.transaction_id = t.id and m.type = 'transaction_status'
        and m.created_at > now() - interval '6 hours')
  order by t.id limit $1 for no key update of t skip locked`;

// Without a reading nothing is known of its end.
export const LOST = `
  select t.id, t.charger_id, t.charge_point_id from transactions t
  where t.remote_id is not null and t.stopped_at is null and t.published and t.last_read_at is not null
    and ${hasToldAll(LAST_EVENT, `m.answer ->> 'ongoing' = 'false'`)}
  order by t.id limit $1`;
