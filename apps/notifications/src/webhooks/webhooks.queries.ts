import { acrossAccounts } from '@open-cpo/persistence';

/** Seconds for which an attempt counts as running if its end is never reported; more than it may take. */
const UNDER_WAY = 30;

const moment = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** An endpoint as the wire has it. */
const WEBHOOK = `w.id, w.url, w.description, w.events, w.status, ${moment('w.failing_since')} as failing_since,
  w.last_error, ${moment('w.last_delivered_at')} as last_delivered_at, ${moment('w.created_at')} as created_at,
  ${moment('w.updated_at')} as updated_at`;

/** A delivery as the wire has it. */
export const DELIVERY = `d.id, d.event_id, d.type, d.sequence, d.status, d.attempts, d.response_status, d.error,
  ${moment('d.created_at')} as created_at, ${moment('d.attempted_at')} as attempted_at`;

export const ALL = `select ${WEBHOOK} from webhooks w where w.account_id = $1 order by w.id desc`;

export const OWNER = acrossAccounts(
  'whether another account has it: 403 or 404',
  'select account_id from webhooks where id = $1',
  'webhooks.owner',
);

export const ONE = `select ${WEBHOOK} from webhooks w where w.account_id = $1 and w.id = $2`;

/** Serializes changes of an account's endpoints: additions count one after the other, and none is missed when a user's are disabled. */
export const LOCK = 'select pg_advisory_xact_lock(4711, $1::int)';

export const COUNT = 'select count(*)::int as count from webhooks where account_id = $1';

export const ADD = `
  insert into webhooks (account_id, url, description, events, secrets, created_by)
  values ($1, $2, $3, $4::text[], $5, $6) returning id`;

/** Of an account that was locked ($2), or is not any more. */
export const LOCK_ACCOUNT = 'update webhooks set locked = $2 where account_id = $1 and locked <> $2';

/** Disables the active endpoints of a user ($2) who may not have them any more; answers their addresses once. */
export const DISABLE_OF_USER = `
  update webhooks set created_by = null, status = 'disabled', last_error = 'Its creator may not have webhooks any more.',
    updated_at = now()
  where account_id = $1 and created_by = $2 and status = 'active' returning url`;

/**
 * What is null stays. Switching an endpoint on clears its failures. The user ($7) who sets the address or switches it on
 * answers for it from then on.
 */
export const CHANGE = `
  update webhooks set created_by = case when $3::text is not null or $6 = 'active' then $7::int else created_by end,
    url = coalesce($3, url), description = coalesce($4, description),
    events = coalesce($5::text[], events), status = coalesce($6, status), updated_at = now(),
    failing_since = case when $6 = 'active' then null else failing_since end,
    last_error = case when $6 = 'active' then null else last_error end
  where account_id = $1 and id = $2`;

export const REMOVE = 'delete from webhooks where account_id = $1 and id = $2';

export const KEYS = 'select account_id, secrets from webhooks where account_id = $1 and id = $2 for update';

export const REKEY = 'update webhooks set secrets = $3, updated_at = now() where account_id = $1 and id = $2';

/**
 * Endpoints and event types of these accounts, and since when: no endpoint gets events from before its creation. A
 * minute for clocks that differ.
 */
export const LISTENING = `
  select id, account_id, events, created_at - interval '1 minute' as since from webhooks
  where account_id = any($1::int[]) and status = 'active' and not locked`;

/** Nothing for an endpoint that is deleted at the same time: there is no foreign key. */
export const QUEUE = `
  insert into webhook_deliveries (account_id, webhook_id, event_id, type, sequence, body)
  select account_id, webhook_id, event_id, type, sequence, body from jsonb_to_recordset($1::jsonb)
    as g (account_id int, webhook_id int, event_id text, type text, sequence bigint, body text)
  where exists (select from webhooks w where w.id = g.webhook_id for key share)
  returning id`;

export const DELIVERY_OF = `
  select ${DELIVERY} from webhook_deliveries d where d.account_id = $1 and d.webhook_id = $2 and d.id = $3`;

export const AGAIN = `
  update webhook_deliveries set status = 'pending', attempts = 0, held = false, sending_until = null,
    error = null, response_status = null,
    due_at = now() + interval '15 minutes'
  where account_id = $1 and webhook_id = $2 and id = $3`;

/** Whoever begins or ends a try of an account does so one after the other. */
export const IN_TURN = `
  select w.id, w.account_id, pg_advisory_xact_lock(4712, w.account_id)
  from webhooks w join webhook_deliveries d on d.webhook_id = w.id where d.id = $1 for update of w`;

/**
 * Counts the try before it is made, unless $2 are under way to the endpoint, or $3 to all of the account. After it the
 * worker waits twice as long as before, less a bit by chance.
 */
export const BEGIN = `
  update webhook_deliveries d set attempts = d.attempts + 1, attempted_at = now(), held = false,
    sending_until = now() + interval '${UNDER_WAY} seconds',
    due_at = now() + interval '15 minutes' + interval '7.5 seconds' * 2 ^ least(d.attempts, 14)
  from webhooks w where d.id = $1 and d.status = 'pending' and w.id = d.webhook_id and (
    select count(*) from webhook_deliveries o
    where o.webhook_id = w.id and o.sending_until > now() and o.id <> d.id) < $2 and (
    select count(*) from webhook_deliveries o
    where o.account_id = d.account_id and o.sending_until > now() and o.id <> d.id) < $3
  returning d.account_id, d.event_id, d.body, w.url, case when w.locked then 'locked' else w.status end as status,
    w.secrets`;

/** Waits for its turn; a sweeper finds it if the turn is never announced. */
export const HOLD = `
  update webhook_deliveries set held = true, due_at = now() + interval '${2 * UNDER_WAY} seconds'
  where id = $1 and status = 'pending'`;

/**
 * Whose turn it is when a try of an account has ended: the oldest of the endpoint with the fewest tries under way, which
 * are less than $2.
 */
export const NEXT = `
  update webhook_deliveries set held = false, due_at = now() + interval '${2 * UNDER_WAY} seconds' where id = (
    select d.id from webhooks w
    cross join lateral (
      select count(*) as under_way from webhook_deliveries o where o.webhook_id = w.id and o.sending_until > now()) s
    cross join lateral (
      select h.id from webhook_deliveries h where h.webhook_id = w.id and h.held and h.status = 'pending'
      order by h.id limit 1) d
    where w.account_id = $1 and s.under_way < $2 order by s.under_way, d.id limit 1)
  returning id`;

/** Takes a try back that was not made. */
/** A try that was our own fault does not count, but for a delivery that is three days old. */
export const NOT_TRIED = `
  update webhook_deliveries set attempts = greatest(attempts - 1, 0), sending_until = null, error = $2,
    status = case when created_at < now() - interval '3 days' then 'failed' else status end
  where id = $1 and status = 'pending' returning webhook_id, account_id, status, attempts`;

export const FINISH = `
  update webhook_deliveries set response_status = $2, error = $3, sending_until = null,
    status = case when $3::text is null then 'delivered'
      when $4 or attempts >= case type when 'ping' then $6::int else $5 end then 'failed' else 'pending' end
  where id = $1 and status = 'pending' returning webhook_id, account_id, status, attempts`;

export const WENT_WELL = `
  update webhooks set failing_since = null, last_error = null, last_delivered_at = now() where id = $1`;

/** Disabled when it has failed for so long, or has said that it is gone; answers it when that was just now. */
export const WENT_WRONG = `
  with before as (select id, status from webhooks where id = $1)
  update webhooks w set last_error = $2, failing_since = coalesce(failing_since, now()),
    status = case when w.status = 'active' and ($3 or failing_since < now() - make_interval(days => $4)) then 'disabled'
      else w.status end
  from before where w.id = before.id
  returning w.id as webhook_id, w.account_id, w.url, w.status = 'disabled' and before.status = 'active' as just_now`;

/** Overdue deliveries, which the queue has lost; each is returned to one replica. */
export const FORGOTTEN = `
  update webhook_deliveries set due_at = now() + interval '15 minutes', held = false where id in (
    select id from webhook_deliveries where status = 'pending' and due_at < now()
    order by due_at limit 200 for update skip locked)
  returning id, attempts`;
