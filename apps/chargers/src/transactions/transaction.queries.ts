/** That of a transaction of before it was kept is that of its charger. */
const FACTOR = 'coalesce(t.register_factor, (select c.register_factor from chargers c where c.id = t.charger_id))';

/** Whether another end takes the place of that of a transaction; `end_assumed` is not known of the ends of before it was kept. */
const PROVISIONAL = `coalesce(t.end_assumed, t.reason in ('Overtaken', 'EndLost'), false)`;

/** Columns of a `ChargerTransaction`, of `transactions t`. */
export const COLUMNS = `
  t.id, session_id, connector, id_tag, payment, accepted, published, start_wh::float8 as start_wh, started_at,
  start_received_at, clock_offset_ms::float8 as clock_offset_ms, late, ${FACTOR} as register_factor,
  last_wh::float8 as last_wh, last_read_at, least_wh::float8 as least_wh, stopped_at,
  ${PROVISIONAL} as provisional`;

/** Hours after the last word of a transaction for which an end that does not name it can be its. */
const LATEST_HOURS = 24;
/** Days since its begin, and how many, of overtaken transactions that an end is looked for. */
const OVERTAKEN_DAYS = 7;
const MAX_OVERTAKEN = 100;

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
// has just begun, is the same. A clock can also restart at a time that seems to be one: a day after its end it is another one.
export const SAME_START = `
  select ${COLUMNS} from transactions t
  where charger_id = $1 and start_key = $2
    and (stopped_at is null or start_received_at > now() - interval '10 minutes'
      or $3 and stop_received_at > now() - interval '1 day')
  order by id desc limit 1`;

/** Whether a transaction was begun with a tag: its card, or that of the command which began it. */
const ofTag = (tag: string): string => `coalesce(t.id_tag = ${tag} or (
    select true from commands k where k.transaction_id = t.id and k.account_id = t.account_id and k.type = 'start'
      and upper(k.request ->> 'tag') = ${tag} limit 1), false)`;

/** Seconds within which another end with the same register is a repetition. */
const SAME_SECONDS = 60;

export const SAME_STOP = `
  with ended as materialized (
    select id, account_id, id_tag from transactions
    where charger_id = $1 and stop_key = $2 and ($3 or stop_received_at > now() - interval '10 minutes')
    union all
    select t.id, t.account_id, t.id_tag from kept_messages m join transactions t on t.id = m.transaction_id
    where m.charger_id = $1 and m.content_key = $2
    union all
    select id, account_id, id_tag from transactions t
    where $3 and charger_id = $1 and started_at between $5::timestamptz - interval '${OVERTAKEN_DAYS} days' and $5
      and abs(stop_wh - $6::float8 * ${FACTOR}) < 0.001 and abs(extract(epoch from stopped_at - $5)) < ${SAME_SECONDS})
  select ${ofTag('$4')} as of_tag from ended t order by of_tag desc limit 1`;

export const OPEN = `
  select ${COLUMNS} from transactions t
  where charger_id = $1 and stopped_at is null and connector = $2 and started_at <= $3
  order by published desc, started_at desc, id desc limit 1`;

/** Wh by which an end may be below the last reading, because one of them was rounded to kWh. */
const ROUNDED_WH = 1000;

// A register that is below that of the begin, and of the last reading, is that of another transaction; one below a reading that has
// counted on from the begin always is. An overtaken one whose end has not come ended before the next one of its connector began.
// Of several, the end is most likely that of the nearest register.
export const ENDING = `
  with open as materialized (
    select * from transactions where charger_id = $1 and stopped_at is null and started_at <= $2
    union all (
      select * from transactions
      where charger_id = $1 and reason = 'Overtaken' and end_assumed is null and started_at <= $2
        and started_at > $2::timestamptz - interval '${OVERTAKEN_DAYS} days'
      order by started_at desc limit ${MAX_OVERTAKEN})),
  judged as materialized (
    select ${COLUMNS}, ${ofTag('$4')} as of_tag, $3::float8 * ${FACTOR} as wh
    from open t
    where greatest(started_at, last_read_at) > $2::timestamptz - interval '${LATEST_HOURS} hours'
      and (stopped_at is null or not exists (
        select from transactions n
        where n.charger_id = $1 and n.connector = t.connector and n.published and n.started_at > t.started_at
          and n.started_at <= $2)))
  select * from judged
  where (wh + ${ROUNDED_WH} < last_wh and last_wh >= start_wh) is not true and (of_tag or (wh >= least(start_wh, last_wh)) is not false)
  order by of_tag desc, (wh >= least(start_wh, last_wh)) is not false desc, published desc, wh - coalesce(last_wh, start_wh),
    stopped_at is not null desc, started_at desc, id desc limit 1`;

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

const OF_END = ['stopped_at', 'stop_received_at', 'reason', 'end_assumed'];

/** What a reading of `at` changes: one whose end is provisional, and that is read since, goes on. Some chargers have one number for all. */
const readAt = (wh: string, at: string): string => {
  const goesOn = `${PROVISIONAL} and ${at} > t.stop_received_at and ${wh} is distinct from t.stop_wh`;
  const unless = (column: string): string => `${column} = case when ${goesOn} then null else t.${column} end`;
  return `last_wh = ${wh}, last_read_at = ${at}, ${OF_END.map(unless).join(', ')}`;
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
  update transactions set stopped_at = $2, stopped_said = $3, stop_received_at = $4, stop_wh = $5, reason = $6, stop_key = $7,
    end_assumed = $8
  where id = $1`;

// What ended before keys were kept has the text of its time and its register.
export const HAS_OTHER_STOP = `
  select 1 from transactions
  where id = $1 and (stop_key <> $2 or stop_key is null and (stopped_said, stop_wh) is distinct from ($3, $4::numeric))`;

/** Keeps the end that was assumed of a transaction whose own end has come. */
export const KEEP_ASSUMED = `
  insert into kept_messages (charger_id, account_id, action, content_key, transaction_id, reason, payload, received_at)
  select charger_id, account_id, 'StopTransaction', stop_key, id, $3,
    json_build_object('timestamp', stopped_said, 'meterStop', stop_wh / ${FACTOR}, 'reason', reason)::text, stop_received_at
  from transactions t where id = $1 and stop_key <> $2
  on conflict (charger_id, content_key) do nothing`;

/** Bytes of a payload, and messages of a charger, that are kept. */
export const MAX_KEPT_BYTES = 8192;
export const MAX_KEPT_MESSAGES = 1000;
/** Characters of why one was kept. */
export const MAX_REASON = 500;

// Those beyond the limit go with the next one that comes, a hundred at once: readings before others, of which there are few.
export const KEEP = `
  with old as (
    delete from kept_messages where id in (
      select id from kept_messages where charger_id = $1
      order by action = 'MeterValues', id desc offset ${MAX_KEPT_MESSAGES - 1} limit 100))
  insert into kept_messages (charger_id, account_id, action, content_key, transaction_id, reason, payload, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict (charger_id, content_key) do nothing`;
