import { ownedRead } from '@open-cpo/persistence';

/** Units of a currency for one US dollar, looked up only where it is needed. */
const rateOf = (code: string): string =>
  `case ${code} when 'USD' then 1 else (select rate from currency_rates where code = ${code}) end`;

/**
 * What a worker holds, shown in the account's currency ($2): what was collected in it exactly, and what is left from
 * before the account changed its currency at today's rate, so that no two currencies are ever added up as one.
 */
const CASH = `(
  select trim_scale(sum(case when c.currency = $2 then c.balance
    else coalesce(round(c.balance / ${rateOf('c.currency')} * ${rateOf('$2')}, 2), 0) end))::text
  from worker_cash c where c.worker_id = w.id)`;

/** A worker as the wire has it. One from before cards had an end shows the beginning of time (reference L4410). */
export const WORKER = `w.id, w.first_name, w.last_name, w.first_name || ' ' || w.last_name as name, w.email, w.rfid,
  coalesce(w.expire_at, date '1970-01-01')::text as expire_at, ${CASH} as cash_on_hands`;

export const ONE = ownedRead(
  `select w.account_id, ${WORKER} from workers w where w.id = $1 and w.deleted_at is null`,
  'workers.one',
);

/** Enters a worker and answers them; the account's currency comes second, as in `ONE`. */
export const ADD = `
  with w as (insert into workers (account_id, first_name, last_name, email, rfid, expire_at)
    values ($1, $3, $4, $5, $6, $7) returning *)
  select w.account_id, ${WORKER} from w`;

export const TAKEN = `
  select 1 from workers where account_id = $1 and rfid = $2 and id is distinct from $3 and deleted_at is null`;

export const LIVE = 'w.account_id = $1 and w.deleted_at is null';
