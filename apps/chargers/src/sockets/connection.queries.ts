/** Bytes of the hash of a password that are compared. */
export const SECRET_BYTES = 8;
/** What a socket was opened with: the credential, and whether a certificate stood for it. */
const PROOF = `encode(substr(c.secret_hash, 1, ${SECRET_BYTES}), 'hex') || case when c.certificate then ' certificate' else '' end`;
const UNLOCKED = 'not exists (select 1 from account_locks l where l.account_id = c.account_id)';

export const FIND = `
  select c.id, c.account_id, c.charge_point_id, c.identity, c.secret_hash, c.policy, c.assume_ocpp16, c.certificate,
    c.server_pings, c.compression, p.time_zone, c.clock_offset_ms::float8 as clock_offset_ms
  from chargers c join charge_points p on p.id = c.charge_point_id and p.removed_at is null
  where c.identity = $1 and c.deleted_at is null and ${UNLOCKED}`;

// With the hash again: a password that was changed since it was compared opens nothing.
export const CONNECT = `
  with was as (
    select id, published_connected from chargers
    where id = $1 and secret_hash = $2 and certificate = $4 and deleted_at is null for no key update)
  update chargers c set generation = c.generation + 1, connected_at = now(), disconnected_at = null,
    last_seen_at = now(), protocol = $3, published_connected = true, holder = $5, holder_generation = c.generation + 1
  from was where c.id = was.id
  returning c.generation::float8 as generation, was.published_connected as published`;

// Of one that counts as connected, nothing is published.
export const RECONNECT = `
  update chargers set generation = generation + 1, connected_at = now(), disconnected_at = null, last_seen_at = now(),
    protocol = $3, holder = $5, holder_generation = generation + 1
  where id = $1 and secret_hash = $2 and certificate = $4 and deleted_at is null and published_connected
  returning generation::float8 as generation`;

export const DISCONNECT = `
  update chargers c set disconnected_at = now() from unnest($1::int[], $2::bigint[]) as s (id, generation)
  where c.id = s.id and c.generation = s.generation and c.disconnected_at is null`;

// What a socket was opened with, by eight bytes of the hash: the whole one of thousands would be looked at every few seconds.
export const CHANGED = `
  with open as (
    select * from unnest($1::int[], $2::bigint[], $3::text[], $4::text[]) as o (id, generation, secret, policy))
  select o.id, c.policy, c.id is null as removed,
    ${PROOF} is distinct from o.secret as ended,
    coalesce(c.generation > o.generation, false) as replaced
  from open o
    left join chargers c on c.id = o.id and c.deleted_at is null and ${UNLOCKED}
  where c.id is null or c.generation > o.generation or c.policy <> o.policy
    or ${PROOF} is distinct from o.secret`;

// What all that is compared above says of this replica's chargers, in one value: a tenth of the time of comparing each.
export const STATE = `
  select count(*) || ':' || coalesce(sum(hashtextextended(concat_ws(' ', c.id, c.generation, c.policy, ${PROOF}), 0)), 0) as state
  from chargers c
  where c.holder = $1 and c.holder_generation = c.generation and c.disconnected_at is null and c.deleted_at is null
    and c.account_id <> all (array(select account_id from account_locks))`;

// One that was published as disconnected while nothing could be written is connected all the same.
export const SEEN = `
  with r as (
    select * from jsonb_to_recordset($1) as s (id int, generation bigint, seen timestamptz, open boolean, clock bigint,
      quirks jsonb)),
  was as (
    select c.id, c.published_connected from chargers c join r on r.id = c.id and r.generation = c.generation
    where c.deleted_at is null order by c.id for no key update of c)
  update chargers c set last_seen_at = greatest(c.last_seen_at, r.seen), clock_offset_ms = r.clock,
    published_connected = c.published_connected or r.open,
    disconnected_at = case when r.open then null else c.disconnected_at end,
    quirks = case when r.quirks = '{}' then c.quirks else (
      select jsonb_object_agg(key, n) from (
        select key, sum(value::bigint) as n from (
          select * from jsonb_each_text(c.quirks) union all select * from jsonb_each_text(r.quirks)) both_of
        group by key) merged) end
  from r join was on was.id = r.id where c.id = r.id
  returning c.id, c.charge_point_id, r.open and not was.published_connected as found`;

/** Seconds without a sign of life of a replica after which its connections have ended. */
export const REPLICA_LOST_SECONDS = 60;
/** Seconds that a replica has been alive before it judges others: all may have been without a database. */
const REPLICA_GRACE_SECONDS = 15;

export const ALIVE = `
  insert into replicas as r (id, alive_since, seen_at) values ($1, now(), now())
  on conflict (id) do update set seen_at = now(),
    alive_since = case when r.seen_at < now() - interval '${REPLICA_LOST_SECONDS / 2} seconds' then now() else r.alive_since end`;

export const FORGET_REPLICAS = `delete from replicas where seen_at < now() - interval '1 day'`;

/** Chargers a sweep deals with at once. */
export const BATCH = 500;
/** Minutes without a sign of life that was written, with a replica that is alive. */
const LOST_MINUTES = 15;

/** Ends the connections of replicas that have ended without a word, as of their last sign of life. $1: the replica that asks. */
export const END_WITHOUT_REPLICA = `
  with gone as (
    select c.id, r.seen_at from replicas r join chargers c on c.holder = r.id
    where r.seen_at < now() - interval '${REPLICA_LOST_SECONDS} seconds'
      and c.holder_generation = c.generation and c.disconnected_at is null and c.published_connected
      and exists (select from replicas own
        where own.id = $1 and own.alive_since < now() - interval '${REPLICA_GRACE_SECONDS} seconds')
    limit ${BATCH} for update of c skip locked)
  update chargers c set disconnected_at = greatest(gone.seen_at, c.last_seen_at) from gone where c.id = gone.id
  returning c.id`;

const publishing = (condition: string): string => `
  with gone as (
    select id from chargers where published_connected and ${condition} limit ${BATCH} for update skip locked)
  update chargers c set published_connected = false, disconnected_at = coalesce(c.disconnected_at, c.last_seen_at)
  from gone where c.id = gone.id
  returning c.id, c.charge_point_id, c.disconnected_at`;
export const ABSENT = publishing('disconnected_at < now() - make_interval(secs => $1)');
// No index: it would be written with each sign of life.
export const LOST = publishing(`last_seen_at < now() - interval '${LOST_MINUTES} minutes'`);
