const MOMENT = `to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** An event as owners see it. */
const EVENT = `id, type, sequence, ${MOMENT} as occurred_at, data`;

/**
 * Numbers and keeps what is new, all in one statement. The inbox says what is new; the feeds' rows are locked in the
 * order of their accounts, so that batches which overlap wait for each other instead of blocking each other for good.
 */
export const APPEND = `
  with given as (
    select id, account_id, type, occurred_at, data, place
    from jsonb_to_recordset($1::jsonb)
      as g (id text, account_id int, type text, occurred_at timestamptz, data jsonb, place int)),
  fresh as (
    insert into inbox (consumer, event_id) select 'notifications', id from given order by id
    on conflict do nothing returning event_id),
  new as (select g.* from given g join fresh f on f.event_id = g.id),
  counted as (select account_id, count(*) as added from new group by account_id),
  locked as (
    insert into feeds (account_id, head) select account_id, added from counted order by account_id
    on conflict (account_id) do update set head = feeds.head + excluded.head
    returning account_id, head),
  numbered as (
    select n.*, l.head - c.added + row_number() over (partition by n.account_id order by n.place) as sequence
    from new n join locked l using (account_id) join counted c using (account_id))
  insert into events (account_id, sequence, id, type, occurred_at, data)
  select account_id, sequence, id, type, occurred_at, data from numbered
  returning account_id, ${EVENT}`;

/** Where a feed stands: how far, and how far back. */
export const PLACE = `
  select f.head, coalesce((select min(e.sequence) from events e where e.account_id = f.account_id), f.head + 1) as oldest
  from feeds f where f.account_id = $1`;

/** In order, from an account's own part of the key. */
export const AFTER = `
  select ${EVENT} from events where account_id = $1 and sequence > $2 order by sequence limit $3`;

export const HEADS = 'select account_id, head from feeds where account_id = any($1::int[])';

/** A bounded piece of what is too old; the oldest of an account go first. */
export const FORGET = `
  delete from events where ctid = any(array(
    select ctid from events where kept_at < now() - make_interval(days => $1) order by kept_at limit $2))`;
