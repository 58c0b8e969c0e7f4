const time = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** A command as it is shown. */
const COLUMNS = `
  m.id, m.charger_id, m.type, m.request, m.state, m.status, m.error, m.effect, m.late, m.transaction_id,
  (select t.order_id from transactions t where t.id = m.transaction_id) as order_id, m.reason, m.user_id,
  ${time('m.created_at')} as created_at, ${time('m.sent_at')} as sent_at, ${time('m.answered_at')} as answered_at`;

export const ONE = `select ${COLUMNS} from commands m where m.account_id = $1 and m.charger_id = $2 and m.id = $3`;

export const TABLE = `
  select ${COLUMNS} from commands m
  where m.account_id = $1 and m.charger_id = $2 and ($3::int is null or m.id < $3) and ($4::text is null or m.state = $4)
  order by m.id desc limit $5`;

export const ADD = `
  insert into commands (account_id, charger_id, type, request, state, transaction_id, reason, user_id, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9)) returning id`;

/** Until the end of the transaction: two commands at once are counted one after the other. */
export const LOCK_COMMANDS = `select pg_advisory_xact_lock(hashtextextended('commands ' || $1, 0))`;

export const WAITING = `
  select (
      select count(*)::int from commands
      where account_id = $1 and charger_id = $2 and state in ('queued', 'sent')) as n,
    exists (
      select from chargers where account_id = $1 and id = $2 and (connected_at is null or disconnected_at is not null)) as away`;

// By the newest connection alone: what an older one takes would go to a socket that nobody reads.
export const CLAIM = `
  update commands m set state = 'sent', sent_at = now() from chargers c
  where m.id = $1 and m.state = 'queued' and m.expires_at > now() and m.charger_id = $2 and c.id = m.charger_id
    and c.generation = $3 and c.deleted_at is null
  returning m.id, m.charger_id, m.type, m.request,
    (select t.remote_id from transactions t where t.id = m.transaction_id) as transaction`;

/** Seconds within which what was accepted should have happened. */
const EFFECT_SECONDS = `case type when 'start' then 180 when 'stop' then 120 when 'reset' then 300 end`;

// The effect may come before the answer, and the answer after its time.
export const ANSWERED = `
  update commands set state = case when $2 then 'accepted' else 'rejected' end, status = $3, error = null,
    late = state = 'timed_out', answered_at = now(),
    effect = case when $2 and type in ('start', 'stop', 'reset') then coalesce(effect, 'expected') else effect end,
    effect_due_at = case when $2 then now() + make_interval(secs => ${EFFECT_SECONDS}) end
  where id = $1 and state in ('sent', 'timed_out')`;

export const FAILED = `
  update commands set state = 'failed', error = $2, late = state = 'timed_out', answered_at = case when $3 then now() end
  where id = $1 and state in ('queued', 'sent', 'timed_out')`;

export const NOT_CONNECTED = `
  update commands set state = 'not_connected', error = 'The charger is not connected.' where id = $1 and state = 'queued'`;

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

// Chargers that were sent a one-time tag know it for a while. The card of a worker may look the same, and is none.
export const START_BY_TAG = `
  select id, request from commands
  where account_id = $1 and charger_id = $2 and type = 'start' and request ->> 'tag' = $3
    and request -> 'made' = 'true' and state not in ('not_connected') and created_at between $4::timestamptz - interval '15 minutes' and $4::timestamptz + interval '2 minutes'
  order by id desc limit 1`;

export const STARTED = `
  update commands set effect = 'observed', transaction_id = $4
  where id = (
    select id from commands
    where account_id = $1 and charger_id = $2 and type = 'start' and upper(request ->> 'tag') = $3
      and state in ('sent', 'accepted', 'failed', 'timed_out') and effect is distinct from 'observed'
      and created_at > now() - interval '15 minutes'
    order by id desc limit 1)
  returning id`;

/** Whether a session was started by a command with a tag: the tag stays right after its time. */
export const STARTED_WITH = `
  select 1 from commands where account_id = $1 and transaction_id = $2 and type = 'start' and upper(request ->> 'tag') = $3`;

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

export const SETTINGS = `
  select key, value, readonly, secret, ${time('read_at')} as read_at from settings where charger_id = $1
  order by key limit 500`;

export const KEEP_SETTINGS = `
  insert into settings as s (charger_id, key, value, readonly, secret, read_at)
  select $1, key, value, readonly, secret, now()
  from jsonb_to_recordset($2) as r (key text, value text, readonly boolean, secret boolean)
  where exists (select from chargers where id = $1 and deleted_at is null)
  on conflict (charger_id, key) do update set value = excluded.value, readonly = excluded.readonly,
    secret = excluded.secret, read_at = excluded.read_at`;

/** Settings of a charger that are kept. */
export const MAX_SETTINGS = 500;

export const SETTINGS_BEYOND_LIMIT = `
  delete from settings where charger_id = $1 and key in (
    select key from settings where charger_id = $1 order by read_at desc, key offset ${MAX_SETTINGS})`;

/** Those that it has not any more, after all were read. */
export const FORGET_SETTINGS = `delete from settings where charger_id = $1 and not (key = any($2::text[]))`;

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

export const OF_ORDER = `
  select t.id, t.charger_id, t.account_id, t.stopped_at from transactions t
  where t.order_id = $1 order by t.id desc limit 1`;

/** The first command is sent at once; where it does not end the session, it is tried again. */
export const STOP_ORDERED = `
  update transactions set stop_reason = coalesce(stop_reason, 'order'), stop_attempts = 1,
    stop_next_at = now() + interval '30 seconds'
  where id = $1 and stopped_at is null`;

export const OPEN_TRANSACTION = `
  select id from transactions where id = $1 and charger_id = $2 and account_id = $3 and stopped_at is null`;
