/** Faults of a charger that one mail shows, and chargers of it. */
export const MAX_FAULTS = 3;
export const MAX_SHOWN = 10;
/** Minutes between two mails about a charger, and between two of an account. */
const CHARGER_MINUTES = 60;
const ACCOUNT_MINUTES = 5;
/** Chargers that one mail counts. */
const MAX_CHARGERS = 1000;

/** A fault that comes again is counted. */
export const KEEP = `
  insert into charger_fault_mails as m (charger_id, account_id, identity, faults, reports)
  values ($1, $2, $3, jsonb_build_array($4::jsonb), 1)
  on conflict (charger_id) do update set account_id = excluded.account_id, identity = coalesce(excluded.identity, m.identity),
    reports = m.reports + 1, changed_at = now(),
    faults = case
      when jsonb_array_length(m.faults) >= ${MAX_FAULTS} or m.faults @> jsonb_build_array($4::jsonb - 'at') then m.faults
      else m.faults || excluded.faults end`;

const IS_DUE = `
  reports > 0 and (mailed_at is null or mailed_at < now() - interval '${CHARGER_MINUTES} minutes')`;

export const ACCOUNTS = `
  select distinct account_id from charger_fault_mails m
  where ${IS_DUE} and not exists (
    select from charger_fault_mails o
    where o.account_id = m.account_id and o.mailed_at > now() - interval '${ACCOUNT_MINUTES} minutes')
  order by account_id limit 100`;

/** What has come since the last mail. */
export const TAKE = `
  with due as (
    select charger_id, identity, faults, reports from charger_fault_mails
    where account_id = $1 and ${IS_DUE} order by charger_id limit ${MAX_CHARGERS} for update skip locked)
  update charger_fault_mails m set mailed_at = now(), changed_at = now(), faults = '[]', reports = 0
  from due where m.charger_id = due.charger_id
  returning due.charger_id, due.identity, due.faults, due.reports`;

export const RECIPIENTS = `
  select email, first_name as name, language from users
  where account_id = $1 and status = 'active' and role = any($2) and charger_fault_mails order by id limit 100`;

export const SETTING = `select charger_fault_mails from users where id = $1`;
export const SET = `update users set charger_fault_mails = $2 where id = $1`;
