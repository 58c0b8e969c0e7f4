import { ownedRead } from '@open-cpo/persistence';

export const time = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Seconds within which a session that was asked for begins: after them the driver's money is not held any more. */
export const SESSION_SECONDS = 300;

/** A charger that has not answered may begin all the same: until its time is over nothing else is asked of the connector. */
export const UNANSWERED = `(m.state in ('queued', 'sent') or m.sent_at is not null and m.answered_at is null
  and m.state in ('failed', 'timed_out') and m.created_at > now() - make_interval(secs => ${SESSION_SECONDS}))`;

/** A command as it is shown. */
const COLUMNS = `
  m.id, m.charger_id, m.type, m.request, m.state, m.status, m.error, m.progress,
  ${time('m.progress_at')} as progress_at, m.answer ->> 'file' as file, m.effect, m.late, m.transaction_id,
  (select t.order_id from transactions t where t.id = m.transaction_id) as order_id, m.reason, m.user_id,
  ${time('m.created_at')} as created_at, ${time('m.sent_at')} as sent_at, ${time('m.answered_at')} as answered_at`;

export const ONE = `select ${COLUMNS} from commands m where m.account_id = $1 and m.charger_id = $2 and m.id = $3`;

export const TABLE = `
  select ${COLUMNS} from commands m
  where m.account_id = $1 and m.charger_id = $2 and ($3::int is null or m.id < $3) and ($4::text is null or m.state = $4)
  order by m.id desc limit $5`;

export const ADD = `
  insert into commands (account_id, charger_id, type, request, state, transaction_id, reason, user_id, session, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10)) returning id`;

/** Until the end of the transaction: two commands at once are counted one after the other. */
export const LOCK_COMMANDS = `select pg_advisory_xact_lock(hashtextextended('commands ' || $1, 0))`;

export const WAITING = `
  select (
      select count(*)::int from commands
      where account_id = $1 and charger_id = $2 and state in ('queued', 'sent')) as n,
    exists (
      select from chargers where account_id = $1 and id = $2 and (connected_at is null or disconnected_at is not null)) as away`;

// By the newest connection alone: what an older one takes would go to a socket that is not read any more.
export const CLAIM = `
  update commands m set state = 'sent', sent_at = now() from chargers c
  where m.id = $1 and m.state = 'queued' and m.expires_at > now() and m.charger_id = $2 and c.id = m.charger_id
    and c.generation = $3 and c.deleted_at is null
  returning m.id, m.charger_id, m.type, m.request,
    (select t.remote_id from transactions t where t.id = m.transaction_id) as transaction`;

/** Seconds within which what was accepted should have happened. */
const EFFECT_SECONDS = `case type when 'start' then 180 when 'stop' then 120 when 'reset' then 300
  when 'diagnostics' then 3600
  when 'firmware' then 86400 + greatest(0, extract(epoch from (request ->> 'at')::timestamptz - now())) end`;

// The effect may come before the answer, and the answer after its time. A late answer gives a session no more time.
export const ANSWERED = `
  update commands set state = case when $2 then 'accepted' else 'rejected' end, status = $3, error = null,
    late = state = 'timed_out', answered_at = now(), answer = $4,
    effect = case when $2 and type in ('start', 'stop', 'reset', 'diagnostics', 'firmware') then coalesce(effect, 'expected') else effect end,
    effect_due_at = case when $2 then least(now() + make_interval(secs => ${EFFECT_SECONDS}),
      case when session is not null then created_at + make_interval(secs => ${SESSION_SECONDS}) end) end
  where id = $1 and state in ('sent', 'timed_out')`;

/** Of the newest upload or update, or of the one that the charger names; what it says of others is not kept. */
export const PROGRESS = `
  update commands set progress = $4, progress_at = now(),
    effect = case when $5::boolean then 'observed' when $6::boolean then 'missing' else effect end
  where id = (
    select id from commands
    where account_id = $1 and charger_id = $2 and type = $3 and state in ('sent', 'accepted', 'failed', 'timed_out')
      and ($7::int is null or id = $7) and created_at > now() - interval '31 days'
    order by id desc limit 1)`;

/** Whether the charger, since it has started, answered that it does not have what a command of this type needs. */
export const UNSUPPORTED = `
  select 1 from commands m join chargers c on c.id = m.charger_id
  where m.account_id = $1 and m.charger_id = $2 and m.type = $3 and m.state = 'failed'
    and m.request ->> 'log' is not distinct from $4 and (m.request -> 'signing' is not null) = $5
    and m.error ~ '^(NotSupported|NotImplemented):' and m.answered_at > coalesce(c.booted_at, c.connected_at) limit 1`;

export const FAILED = `
  update commands set state = 'failed', error = $2, late = state = 'timed_out', answered_at = case when $3 then now() end
  where id = $1 and state in ('queued', 'sent', 'timed_out')`;

// One that connects just now is looked for again.
export const NOT_CONNECTED = `
  update commands m set state = 'not_connected', error = 'The charger is not connected.'
  where id = $1 and state = 'queued' and not exists (
    select from chargers c where c.id = m.charger_id and c.disconnected_at is null
      and c.connected_at > now() - interval '5 seconds')`;

/** The replica that has the connection of a charger; none where one of the version before has it. */
export const HOLDER = 'select holder from chargers where id = $1 and holder_generation = generation';

export const EXPIRED = `
  update commands set state = 'timed_out',
    error = case state when 'queued' then 'It was not sent in time.' else 'No answer came in time.' end
  where id = any(array(
    select id from commands where state in ('queued', 'sent')
      and expires_at + case state when 'sent' then make_interval(secs => $1) else '0' end < now() limit 500))
  returning type`;

export const TIMED_OUT = `
  update commands set state = 'timed_out', error = 'No answer came in time.' where id = $1 and state = 'sent'
  returning id`;

export const MISSING = `
  update commands set effect = 'missing' where id = any(array(
    select id from commands where effect = 'expected' and effect_due_at < now() limit 500))`;

export const STRANDED = `
  select id, charger_id from commands
  where state = 'queued' and expires_at > now() and created_at < now() - interval '2 seconds' order by id limit 200`;

/** When a tag was shown: a time before it was made is that of a clock which is behind. */
const SHOWN = `case when $4::timestamptz < m.created_at - interval '2 minutes' then $5::timestamptz else $4::timestamptz end`;

// Chargers that were sent a one-time tag know it for a while, and as long as its session goes on. The card of a worker may look
// the same, and is none. That of a session that was asked for is right until it is given up: a begin may come later than it was.
export const START_BY_TAG = `
  select id, request, session, transaction_id, state = 'cancelled' as cancelled,
    case when transaction_id is null and $4::timestamptz < created_at - interval '2 minutes'
      then extract(epoch from coalesce(sent_at, created_at))::float8 * 1000 end as shown_at
  from commands m
  where account_id = $1 and charger_id = $2 and type = 'start' and request ->> 'tag' = $3
    and request -> 'made' = 'true' and state not in ('not_connected')
    and (exists (select from transactions t where t.id = m.transaction_id and t.stopped_at is null)
      or created_at between ${SHOWN} - interval '15 minutes' and ${SHOWN} + interval '2 minutes'
        and (session is null or state = 'cancelled' or state <> 'rejected' and not (state = 'failed' and answered_at is not null)
          and ${SHOWN} <= coalesce(effect_due_at, created_at + make_interval(secs => ${SESSION_SECONDS}))))
  order by id desc limit 1`;

/** The card or made tag of a start that a charger names by its id, while nothing has begun with it. */
export const TAG_OF_START = `
  select request ->> 'tag' as tag from commands m
  where account_id = $1 and charger_id = $2 and type = 'start' and id = $3 and transaction_id is null
    and sent_at is not null
    and created_at between ${SHOWN} - interval '15 minutes' and ${SHOWN} + interval '2 minutes'`;

export const STARTED = `
  update commands set effect = 'observed', transaction_id = $4
  where id = (
    select id from commands
    where account_id = $1 and charger_id = $2 and type = 'start' and upper(request ->> 'tag') = $3
      and request -> 'made' is distinct from 'true'
      and state in ('sent', 'accepted', 'failed', 'timed_out') and effect is distinct from 'observed'
      and created_at > now() - interval '15 minutes'
    order by id desc limit 1)
  returning id`;

/**
 * What was not sent, and a start with a one-time tag while no session has begun with it. A card of a worker stays right at the
 * charger, which knows no way to withdraw a start. Replicas of the version before know by the time that nothing begins any more.
 */
export const CANCEL = `
  update commands m set state = 'cancelled', effect = null, effect_due_at = created_at, error = null
  where account_id = $1 and charger_id = $2 and id = $3 and type = any($4) and reason is null
    and (state = 'queued' or transaction_id is null and type = 'start' and request -> 'made' = 'true'
      and (state = 'sent' or state = 'accepted' and effect = 'expected'
        or session is not null and ${UNANSWERED}))
  returning id`;

export const IS_CANCELLED = `select from commands where id = $1 and state = 'cancelled'`;

/** By the tag that was made for it, whenever the charger reports that. */
export const STARTED_REMOTELY = `
  update commands set effect = 'observed', transaction_id = $2 where id = $1 and transaction_id is null`;

/** Whether a session was started by a command with a tag: the tag stays right after its time. */
export const STARTED_WITH = `
  select 1 from commands where account_id = $1 and transaction_id = $2 and type = 'start' and upper(request ->> 'tag') = $3`;

/** What a session was asked for with, by its transaction. */
export const TERMS = `
  select session from commands where transaction_id = $1 and type = 'start' and session is not null order by id limit 1`;

export const STOPPED = `
  update commands set effect = 'observed'
  where transaction_id = $1 and type = 'stop' and state in ('sent', 'accepted', 'failed', 'timed_out')`;

/** A stop that waits names the session by an id that is now that of another one. */
export const OVERTAKEN = `
  update commands set state = 'failed', error = 'The charger has begun another session with the same id.'
  where transaction_id = $1 and type = 'stop' and state = 'queued'`;

export const RESTARTED = `
  update commands set effect = 'observed'
  where account_id = $1 and charger_id = $2 and type = 'reset' and state in ('sent', 'accepted', 'failed', 'timed_out')
    and effect is distinct from 'observed' and sent_at > now() - interval '15 minutes'`;

/** Commands of a charger that are kept. */
export const MAX_KEPT_COMMANDS = 1000;

export const BEYOND_LIMIT = `
  delete from commands where id = any(array(
    select id from commands where account_id = $1 and charger_id = $2 and state not in ('queued', 'sent')
    order by id desc offset ${MAX_KEPT_COMMANDS} limit 100))`;

export const TO_STOP = `
  select t.id, t.charger_id, t.account_id, t.stop_reason as reason, t.stop_attempts as attempts
  from transactions t join chargers c on c.id = t.charger_id and c.deleted_at is null and c.disconnected_at is null
  where t.stopped_at is null and t.stop_next_at <= now()
  order by t.stop_next_at limit 100 for no key update of t skip locked`;

export const DUE_AGAIN = `
  update transactions set stop_next_at = now()
  where charger_id = $1 and account_id = $2 and stopped_at is null and stop_reason is not null`;

export const TRIED = `
  update transactions set stop_attempts = stop_attempts + 1,
    stop_next_at = case when stop_attempts < 20 then now() + make_interval(secs => least(30 * power(2, stop_attempts), 900)) end
  where id = any($1::int[])`;

export const LIMITED = `
  update transactions t set stop_reason = r.reason, stop_next_at = now()
  from jsonb_to_recordset($1) as r (session_id text, charge_point_id int, reason text)
  where t.session_id = r.session_id and t.charge_point_id = r.charge_point_id and t.stopped_at is null
    and t.stop_reason is null`;

export const ORDERED = `
  update transactions t set order_id = r.order_id
  from jsonb_to_recordset($1) as r (session_id text, charge_point_id int, order_id int)
  where t.session_id = r.session_id and t.charge_point_id = r.charge_point_id and coalesce(t.order_id, 0) < r.order_id`;

export const OF_ORDER = ownedRead(`
  select t.id, t.charger_id, t.account_id, t.stopped_at from transactions t
  where t.order_id = $1 order by t.id desc limit 1`);

/** The first command is sent at once; where it does not end the session, it is tried again. */
export const STOP_ORDERED = `
  update transactions set stop_reason = coalesce(stop_reason, 'order'), stop_attempts = 1,
    stop_next_at = now() + interval '30 seconds'
  where id = $1 and stopped_at is null`;

export const OPEN_TRANSACTION = `
  select id from transactions where id = $1 and charger_id = $2 and account_id = $3 and stopped_at is null`;
