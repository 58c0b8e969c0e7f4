import { HOURS_KEPT } from '@open-cpo/files';
import { acrossAccounts } from '../rls/across-accounts';

/** Those of an account who ask at the same moment are served one after the other, so that they find each other's requests. */
export const LOCK = `select pg_advisory_xact_lock(hashtextextended('export ' || $1::text, 0))`;

/** The same for callers that know the export; before its row, so that there is no deadlock. */
export const LOCK_OF = `
  select pg_advisory_xact_lock(hashtextextended('export ' || account_id::text, 0)) from export_requests where id = $1`;

const OPEN = `status in ('waiting', 'running') and expires_at > now()`;

export const JOIN = `
  update export_requests set requested_by = case
    when $7 = any(requested_by) then requested_by else requested_by || $7::integer end
  where account_id = $1 and kind = $2 and format = $3 and language = $4 and currency = $5 and time_zone = $6 and ${OPEN}
  returning *`;

export const JOIN_OWN = `
  select * from export_requests
  where account_id = $1 and kind = $2 and format = $3 and language = $4 and currency = $5 and time_zone = $6 and ${OPEN}
    and requested_by = array[$7::integer]`;

/**
 * How many of an account wait or run, how many were asked for within the hour, and how many bytes of its files the store
 * keeps, cancelled ones included.
 */
export const BUSY = `
  select count(*) filter (where ${OPEN})::int as open,
    count(*) filter (where created_at > now() - interval '1 hour')::int as recent,
    coalesce(sum(size) filter (where ended_at > now() - interval '${HOURS_KEPT} hours'), 0)::bigint as stored
  from export_requests where account_id = $1 and created_at > now() - interval '2 days'`;

export const ADD = `
  insert into export_requests (id, account_id, kind, format, language, currency, time_zone, requested_by, estimate)
  values ($1, $2, $3, $4, $5, $6, $7, array[$8::integer], $9) returning *`;

const WHY = 'its kind is compared first, then its account';
export const ONE = acrossAccounts(WHY, 'select * from export_requests where id = $1 and expires_at > now()');
export const ONE_FOR_CHANGE = acrossAccounts(WHY, `${ONE.text} for update`);

/** One that failed starts again when an operator revives its job, unless its owner asked for the next one. */
export const BEGIN = `
  update export_requests r set status = 'running', run = $2, rows = 0, heard_at = now(), reason = null, ended_at = null
  where id = $1 and handed_over and expires_at > now() and (status in ('waiting', 'running') or status = 'failed'
    and not exists (
      select 1 from export_requests c
      where c.account_id = r.account_id and c.id <> r.id and c.handed_over and c.status in ('waiting', 'running')))
  returning *`;

/** Whose run is not the latest one is not listened to. */
const CURRENT = `id = $1 and run = $2 and status = 'running' and expires_at > now()`;

export const RUNNING = `select * from export_requests where ${CURRENT}`;
export const HEARD = `update export_requests set rows = $3, heard_at = now() where ${CURRENT} returning *`;
export const FINISH = `
  update export_requests set status = 'finished', rows = $3, object = $4, size = $5::bigint, digest = $6,
    ended_at = now(), expires_at = now() + interval '24 hours'
  where ${CURRENT} returning *`;
export const FAIL = `
  update export_requests set status = 'failed', reason = $3, ended_at = now() where ${CURRENT} returning *`;
export const CANCEL = `
  update export_requests set status = 'cancelled', ended_at = now() where id = $1 returning *`;
export const LEAVE = `
  update export_requests set requested_by = array_remove(requested_by, $2::integer) where id = $1 returning *`;

/** The oldest waiting one of an account of which none runs: one runs at a time. */
export const NEXT = `
  update export_requests set handed_over = true, heard_at = now()
  where id = (
    select id from export_requests r
    where r.account_id = $1 and r.${OPEN} and not r.handed_over and not exists (
      select 1 from export_requests c
      where c.account_id = $1 and c.handed_over and c.status in ('waiting', 'running'))
    order by created_at, id limit 1)
  returning *`;

/** Those that a user asked for and may not have any more; what no other user has asked for is cancelled. Of kinds $2. */
export const WITHDRAWN = `
  update export_requests set requested_by = array_remove(requested_by, $1::integer),
    status = case when cardinality(array_remove(requested_by, $1::integer)) = 0 and status in ('waiting', 'running')
      then 'cancelled' else status end,
    ended_at = case when cardinality(array_remove(requested_by, $1::integer)) = 0 then coalesce(ended_at, now())
      else ended_at end
  where account_id = $3 and $1::integer = any(requested_by) and kind = any($2::text[]) and expires_at > now()
  returning *`;

/** Without progress for a minute: the queue may have been lost. */
export const SILENT = `
  update export_requests set heard_at = now()
  where id in (
    select id from export_requests
    where status in ('waiting', 'running') and handed_over and heard_at < now() - interval '1 minute'
      and created_at > now() - interval '3 hours'
    order by heard_at limit 100 for update skip locked)
  returning *`;

/** Tried for hours in vain. */
export const EXHAUSTED_RETRIES = `
  select id from export_requests
  where status in ('waiting', 'running') and created_at < now() - interval '3 hours' limit 100`;
export const GIVE_UP = `
  update export_requests set status = 'failed', reason = 'not written within three hours', ended_at = now()
  where id = $1 and status in ('waiting', 'running') returning *`;

export const FORGET = `
  delete from export_requests where id in (
    select id from export_requests where created_at < now() - interval '7 days' limit 1000)`;
