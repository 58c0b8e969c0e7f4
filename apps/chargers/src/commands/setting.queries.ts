import { time } from './command.queries';

/** Settings of a charger, by key. */
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

export const CHANGE_SETTING = `
  update settings set value = $3, read_at = now() where charger_id = $1 and key = $2 and not secret`;

/** Settings of a charger that are kept. */
export const MAX_SETTINGS = 500;

export const SETTINGS_BEYOND_LIMIT = `
  delete from settings where charger_id = $1 and key in (
    select key from settings where charger_id = $1 order by read_at desc, key offset ${MAX_SETTINGS})`;

/** Those that it has not any more, after all were read. */
export const FORGET_SETTINGS = `delete from settings where charger_id = $1 and not (key = any($2::text[]))`;

/** A command that asked for all settings, to which a report belongs. */
export const REPORTED = `
  select sent_at from commands
  where id = $1 and account_id = $2 and charger_id = $3 and type = 'read_configuration' and request -> 'key' is null
    and sent_at > now() - interval '1 hour'`;

/** Those that were not reported since: it has them not any more. */
export const FORGET_OLDER = 'delete from settings where charger_id = $1 and read_at < $2';
