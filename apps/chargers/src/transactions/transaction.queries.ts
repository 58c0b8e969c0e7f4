/** That of a transaction of before it was kept is that of its charger. */
const FACTOR = 'coalesce(t.register_factor, (select c.register_factor from chargers c where c.id = t.charger_id))';

/** Columns of a `ChargerTransaction`, of `transactions t`. */
export const COLUMNS = `
  t.id, session_id, connector, id_tag, payment, accepted, published, start_wh::float8 as start_wh, started_at,
  start_received_at, clock_offset_ms::float8 as clock_offset_ms, late, ${FACTOR} as register_factor,
  last_wh::float8 as last_wh, last_read_at, least_wh::float8 as least_wh, stopped_at,
  coalesce(reason = 'Overtaken', false) as overtaken`;

/** Days for which an overtaken transaction waits for an end that does not name it. */
const OVERTAKEN_DAYS = 30;

export const NEXT_ID = `select nextval('transaction_ids')::int as id`;

export const ADD = `
  insert into transactions (id, charger_id, account_id, charge_point_id, session_id, connector, start_key, id_tag, payment,
    accepted, published, start_wh, started_at, started_said, start_received_at, clock_offset_ms, late, register_factor)
  select $1, $2::int, $3, $4, $5, $6, $7, $8, $9, $10, $10, round($11::numeric * c.register_factor, 3), $12, $13, $14, $15, $16,
    c.register_factor
  from chargers c where c.id = $2`;

export const BY_IDS = `select ${COLUMNS}, charger_id from transactions t where id = any($1::int[])`;

export const BY_ID = `select ${COLUMNS} from transactions t where id = $1 and charger_id = $2`;

// A charger whose clock restarts at each boot could say the same of two transactions: then only one that is open, or
// has just begun, is the same.
export const SAME_START = `
  select ${COLUMNS} from transactions t
  where charger_id = $1 and start_key = $2
    and ($3 or stopped_at is null or start_received_at > now() - interval '10 minutes')
  order by id desc limit 1`;

/** Whether a transaction was begun with a tag: its card, or that of the command which began it. */
const ofTag = (tag: string): string => `coalesce(t.id_tag = ${tag} or exists (
    select from commands k where k.account_id = t.account_id and k.transaction_id = t.id and k.type = 'start'
      and upper(k.request ->> 'tag') = ${tag}), false)`;

export const SAME_STOP = `
  select ${ofTag('$4')} as of_tag from transactions t
  where charger_id = $1 and stop_key = $2 and ($3 or stop_received_at > now() - interval '10 minutes')
  order by of_tag desc limit 1`;

export const OPEN = `
  select ${COLUMNS} from transactions t
  where charger_id = $1 and stopped_at is null and connector = $2 and started_at <= $3
  order by started_at desc, id desc limit 1`;

// A register that is below that of the begin, and of the last reading, is that of another transaction. An overtaken one whose end
// has not come ended before the next one of its connector began.
export const ENDING = `
  select * from (
    select ${COLUMNS}, ${ofTag('$4')} as of_tag,
      coalesce($3::numeric * ${FACTOR} >= least(start_wh, last_wh), true) as fits
    from transactions t
    where charger_id = $1 and started_at <= $2 and (stopped_at is null
      or reason = 'Overtaken' and started_at > $2::timestamptz - interval '${OVERTAKEN_DAYS} days' and not exists (
        select from transactions n
        where n.charger_id = $1 and n.connector = t.connector and n.published and n.started_at > t.started_at
          and n.started_at <= $2))) open
  where of_tag or fits
  order by of_tag desc, fits desc, published desc, overtaken desc, started_at desc, id desc limit 1`;

// A connector has one transaction at a time: the end of those before was lost, or is still to come.
export const OVERTAKE = `
  update transactions set stopped_at = coalesce(last_read_at, started_at), stop_received_at = now(), reason = 'Overtaken'
  where charger_id = $1 and connector = $2 and id <> $3 and started_at < $4 and stopped_at is null`;
export const OVERTAKE_LATE = `
  update transactions t set stopped_at = coalesce(last_read_at, started_at), stop_received_at = now(), reason = 'Overtaken'
  where t.id = $3 and t.stopped_at is null and exists (
    select from transactions n
    where n.charger_id = $1 and n.connector = $2 and n.id <> $3 and n.started_at > $4 and n.published
      and n.stopped_at is null)`;

/** What a reading of `at` changes: one that was overtaken, and is read since, goes on. Some chargers have one number for all. */
const readAt = (wh: string, at: string): string => {
  const goesOn = `t.reason = 'Overtaken' and ${at} > t.stop_received_at`;
  const unless = (column: string): string => `${column} = case when ${goesOn} then null else t.${column} end`;
  return `last_wh = ${wh}, last_read_at = ${at}, ${['stopped_at', 'stop_received_at', 'reason'].map(unless).join(', ')}`;
};

export const READ = `
  update transactions t set ${readAt('$2', '$3')}
  where t.id = $1 and (t.last_read_at is null or t.last_read_at <= $3)`;

export const READ_ALL = `
  update transactions t set ${readAt('r.wh', 'r.at')}
  from unnest($1::int[], $2::numeric[], $3::timestamptz[]) as r (id, wh, at)
  where t.id = r.id and (t.last_read_at is null or t.last_read_at <= r.at)`;

export const LEAST = `
  update transactions set least_wh = least(least_wh, $2) where id = $1 returning least_wh::float8 as least_wh`;

export const PUBLISHED = 'update transactions set published = true where id = $1';

export const STOP = `
  update transactions set stopped_at = $2, stopped_said = $3, stop_received_at = $4, stop_wh = $5, reason = $6, stop_key = $7
  where id = $1`;

/** Bytes of a payload, and messages of a charger, that are kept. */
export const MAX_KEPT_BYTES = 8192;
export const MAX_KEPT_MESSAGES = 1000;
/** Characters of why one was kept. */
export const MAX_REASON = 500;

// Those beyond the limit go with the next one that comes, a hundred at once.
export const KEEP = `
  with old as (
    delete from kept_messages where id in (
      select id from kept_messages where charger_id = $1 order by id desc offset ${MAX_KEPT_MESSAGES - 1} limit 100))
  insert into kept_messages (charger_id, account_id, action, content_key, transaction_id, reason, payload, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict (charger_id, content_key) do nothing`;
