import { acrossAccounts } from '../rls/across-accounts';

/** Those of an account who ask at the same moment are served one after the other. */
export const LOCK = `select pg_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))`;
/** The same for callers that know the import; before its row, so that there is no deadlock. */
export const LOCK_OF = `
  select pg_advisory_xact_lock(hashtextextended('import ' || account_id::text, 0)) from imports where id = $1`;
/** The same where a batch whose rows all fail ends it. */
export const LOCK_OF_LAST = `${LOCK_OF} and failed >= $2`;

const OPEN = `status in ('waiting', 'running')`;

export const BUSY = `
  select count(*) filter (where ${OPEN})::int as open,
    count(*) filter (where created_at > now() - interval '1 hour')::int as recent
  from imports where account_id = $1 and created_at > now() - interval '2 days'`;

export const ADD = `
  insert into imports (id, kind, account_id, identity, object, size, digest, dry_run)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  returning *`;

export const LATEST = `
  select * from imports where account_id = $1 and kind = $2 order by created_at desc, id limit 50`;
const WHY = 'its kind is compared first, then its account';
export const ONE = acrossAccounts(WHY, 'select * from imports where id = $1');
export const ONE_FOR_CHANGE = acrossAccounts(WHY, `${ONE.text} for update`);
export const ERRORS = `
  select line, errors from import_errors where import_id = $1 and line > $2 order by line limit 500`;

export const BEGIN = `
  update imports set status = 'running', run = $2, heard_at = now()
  where id = $1 and handed_over and ${OPEN} returning *`;

/** Whose run is not the latest one is not listened to. */
const CURRENT = `id = $1 and run = $2 and status = 'running'`;

export const RUNNING = `select * from imports where ${CURRENT} and account_id = $3 for update`;
export const DONE = `
  update imports set heard_at = now(), bytes = $2, rows = rows + $3, created = created + $4, unchanged = unchanged + $5,
    failed = failed + $6, unknown_columns = $7::text[] where id = $1`;
export const FINISH = `
  update imports set status = 'finished', bytes = size, ended_at = now() where ${CURRENT} returning *`;
export const FAIL = `
  update imports set status = 'failed', reason = $3, ended_at = now() where ${CURRENT} returning *`;
export const CANCEL = `
  update imports set status = 'cancelled', ended_at = now() where id = $1 and ${OPEN} returning *`;

/** The oldest one of an account and kind that waits for its turn: one runs at a time. */
export const NEXT = `
  update imports set handed_over = true, heard_at = now()
  where id = (
    select id from imports r
    where r.account_id = $1 and r.kind = $2 and r.${OPEN} and not r.handed_over and not exists (
      select 1 from imports c
      where c.account_id = $1 and c.kind = $2 and c.handed_over and c.status in ('waiting', 'running'))
    order by created_at, id limit 1)
  returning *`;

/** Open ones of a user who may not import these kinds ($2) any more. */
export const WITHDRAWN = `
  update imports set status = 'cancelled', ended_at = now()
  where account_id = $3 and (identity->>'userId')::integer = $1 and kind = any($2::text[]) and ${OPEN} returning *`;

/** Without progress for a minute: the queue may have been lost. */
export const SILENT = `
  update imports set heard_at = now()
  where id in (
    select id from imports
    where ${OPEN} and handed_over and heard_at < now() - interval '1 minute' and created_at > now() - interval '12 hours'
    order by heard_at limit 100 for update skip locked)
  returning *`;

/** Tried for hours in vain. */
export const EXHAUSTED_RETRIES = `select id from imports where ${OPEN} and created_at < now() - interval '12 hours' limit 100`;
export const GIVE_UP = `
  update imports set status = 'failed', reason = 'It could not be read within twelve hours.', ended_at = now()
  where id = $1 and ${OPEN} returning *`;

/** Rows that one statement removes at most: it has its time limit. */
export const PART = 5000;
/** Imports of which one statement removes what they consist of. */
export const SOME = 100;
export const OLD = `select id from imports where created_at < now() - interval '90 days' limit ${SOME}`;
export const OF_ACCOUNT = `select id from imports where account_id = $1 limit ${SOME}`;
export const REMOVE_ERRORS = `
  delete from import_errors where ctid = any(array(
    select ctid from import_errors where import_id = any($1::text[]) limit ${PART} for update))`;
export const REMOVE = 'delete from imports where id = any($1::text[]) returning *';
export const REMOVE_ROWS = `
  delete from imported_rows where ctid = any(array(
    select ctid from imported_rows where account_id = $1 limit ${PART} for update))`;
/** What dry runs that have ended would have written. */
export const REMOVE_DRY = `
  delete from imported_rows where ctid = any(array(
    select r.ctid from imported_rows r
    where r.dry_run <> '' and not exists (select 1 from imports i where i.id = r.dry_run and i.${OPEN})
    limit ${PART} for update skip locked))`;
/** What was made of them is gone: the same rows make it again. */
export const FREE = `delete from imported_rows where kind = $1 and made = any($2::integer[]) and made is not null`;

/** Keys that are taken; in a dry run also by its own rows before. */
export const KNOWN = `
  select row_key, digest from imported_rows
  where account_id = $1 and kind = $2 and dry_run = any($3::text[]) and row_key = any($4::text[])`;
export const KEEP = `
  insert into imported_rows (account_id, kind, dry_run, row_key, digest, made)
  select $1, $2, $3, row_key, digest, made from json_to_recordset($4) as r (row_key text, digest text, made integer)
  on conflict (account_id, kind, dry_run, row_key) do nothing`;
export const KEEP_ERRORS = `
  insert into import_errors (import_id, line, errors)
  select $1, line, errors from json_to_recordset($2) as r (line integer, errors json)
  on conflict (import_id, line) do nothing`;
