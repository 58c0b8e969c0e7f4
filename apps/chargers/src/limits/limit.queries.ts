/** One replica at a time divides and sends. */
export const LOCK = `select pg_try_advisory_xact_lock(hashtextextended('current limits', 0)) as locked`;

/**
 * Chargers of sites that have a limit, with what charges there; all accounts where $1 is null. A session of which nothing is heard
 * any more does not count. A power center that has moved may be in two sites until both are read again: the newest one counts.
 */
export const SHARERS = `
  select distinct on (c.id) s.site_id, s.amperes as site_amperes, c.id, c.account_id, l.amperes as own, l.most, l.target,
    c.disconnected_at is null and not coalesce(l.unsupported, false) as reachable,
    (select count(distinct t.connector)::int from transactions t
      where t.charger_id = c.id and t.stopped_at is null
        and greatest(t.start_received_at, t.last_read_at) > now() - interval '1 day') as charging
  from site_limits s join chargers c on c.charge_point_id = any(s.charge_points) and c.account_id = s.account_id
    and c.deleted_at is null
    left join current_limits l on l.charger_id = c.id and l.connector = 0
  where $1::int is null or s.account_id = $1
  order by c.id, s.members_at desc, s.site_id`;

/** What the chargers of sites are to take. */
export const SHARES = `
  insert into current_limits as l (charger_id, connector, account_id, target)
  select id, 0, account_id, share from jsonb_to_recordset($1) as s (id int, account_id int, share int)
  on conflict (charger_id, connector) do update set target = excluded.target
    where l.target is distinct from excluded.target`;

const HAS_OWN_TARGET = `
  l.target is distinct from l.amperes and (l.connector > 0 or not (l.charger_id = any($1::int[])))`;

/** What all others are: their own limits. */
export const OWN_TARGETS = `update current_limits l set target = amperes where ${HAS_OWN_TARGET} and account_id = $2`;

const IS_SETTLED = `l.command_id is not null and (m.id is null or m.state not in ('queued', 'sent'))`;

export const SETTLED = `
  select l.charger_id, l.connector, l.sent, l.attempts, m.state, m.status, m.error
  from current_limits l left join commands m on m.id = l.command_id where l.account_id = $1 and ${IS_SETTLED} limit 500`;

export const ACCEPTED = `
  update current_limits set applied = sent, most = sent, command_id = null, attempts = 0, error = null, next_at = now()
  where charger_id = $1 and connector = $2`;

// It may have been taken all the same: what it takes at most stays.
export const FAILED = `
  update current_limits set command_id = null, attempts = attempts + 1, error = $3, unsupported = $4,
    next_at = now() + case when $4 then interval '0' else make_interval(secs => least(30 * power(2, least(attempts, 10)), 3600)) end
  where charger_id = $1 and connector = $2`;

const STARTED_AGAIN = 'l.unsupported and c.booted_at > l.next_at';

/** A charger that has started may have got what it did not have. */
export const ASK_AGAIN = `
  update current_limits l set unsupported = false, attempts = 0
  from chargers c where l.account_id = $1 and c.id = l.charger_id and ${STARTED_AGAIN}`;

const IS_OVER = 'l.target is null and l.command_id is null and (l.unsupported or l.generation is null)';

/** Limits that are taken away from chargers that have none, or never got them. */
export const FORGET = `delete from current_limits l where l.account_id = $1 and ${IS_OVER}`;

export const CLEARED = `
  delete from current_limits where charger_id = $1 and connector = $2 and target is null and sent is null returning 1`;

// Each connection gets them anew: the charger may have been without power.
const IS_DUE = `
  l.command_id is null and not l.unsupported and l.next_at <= now() and c.deleted_at is null
    and c.disconnected_at is null and c.connected_at < now() - interval '5 seconds'
    and (l.target is null or l.applied is distinct from l.target or l.generation is distinct from c.generation)`;

/** One at a time of each charger: however many limits one has, the others get theirs. Lower ones first, those of chargers before. */
export const DUE = `
  select * from (
    select distinct on (l.charger_id) l.charger_id, l.connector, l.account_id, l.target, l.most,
      c.generation::float8 as generation, l.next_at, (l.target > l.most) is true as raises
    from current_limits l join chargers c on c.id = l.charger_id
    where l.account_id = $1 and ${IS_DUE}
      and not exists (select from current_limits o where o.charger_id = l.charger_id and o.command_id is not null)
    order by l.charger_id, (l.target > l.most) is true, (l.target > l.most) is not true and l.connector > 0,
      l.next_at) first
  order by raises, next_at limit 100`;

/** It goes behind the others, which would never have their turn otherwise. */
export const NO_ROOM = 'update current_limits set next_at = now() where charger_id = $1 and connector = $2';

/** Accounts whose limits are not what they should be, apart from changed shares; $1: the chargers that have one. */
export const PENDING = `
  select distinct l.account_id
  from current_limits l join chargers c on c.id = l.charger_id left join commands m on m.id = l.command_id
  where ${IS_SETTLED} or ${IS_DUE} or ${STARTED_AGAIN} or ${IS_OVER} or ${HAS_OWN_TARGET}`;

export const SENT = `
  update current_limits set command_id = $3, sent = $4, generation = $5, applied = null,
    most = case when most is null or $4::int is null then most else greatest(most, $4::int) end
  where charger_id = $1 and connector = $2`;

const STATE = `
  case when l.unsupported then 'unsupported' when l.command_id is not null then 'sending'
    when l.target is not null and l.applied = l.target and l.generation = c.generation then 'applied'
    when l.attempts > 0 then 'failing' else 'waiting' end`;

export const OF_CHARGER = `
  select l.connector, l.amperes, l.target, l.applied, ${STATE} as state, l.error
  from current_limits l join chargers c on c.id = l.charger_id
  where l.charger_id = $1 and l.account_id = $2 order by l.connector limit 200`;

export const SITE_OF = `
  select s.site_id, s.amperes as site_amperes from site_limits s join chargers c on c.charge_point_id = any(s.charge_points)
  where c.id = $1 and s.account_id = $2 order by s.members_at desc, s.site_id limit 1`;

/** Until the end of the transaction: two changes at once are counted one after the other. */
export const LOCK_CHARGER = `select pg_advisory_xact_lock(hashtextextended('current limits ' || $1, 0))`;

export const OTHER_CONNECTORS = `
  select count(*)::int as n from current_limits where charger_id = $1 and connector > 0 and connector <> $2`;

export const SET = `
  insert into current_limits as l (charger_id, connector, account_id, amperes, target) values ($1, $2, $3, $4, $4)
  on conflict (charger_id, connector) do update set amperes = excluded.amperes, attempts = 0, next_at = now()`;

/** Where there is none, there is nothing to take away. */
export const UNSET = `
  update current_limits set amperes = null, attempts = 0, next_at = now()
  where charger_id = $1 and connector = $2 and account_id = $3`;

export const SITE = 'select amperes from site_limits where site_id = $1 and account_id = $2';

export const CHARGERS_OF_SITE = `
  select c.id as charger_id, l.target, l.applied, coalesce(${STATE}, 'waiting') as state
  from site_limits s join chargers c on c.charge_point_id = any(s.charge_points) and c.account_id = s.account_id
    and c.deleted_at is null
    left join current_limits l on l.charger_id = c.id and l.connector = 0
  where s.site_id = $1 and s.account_id = $2 order by c.id limit 500`;

export const SET_SITE = `
  insert into site_limits (site_id, account_id, amperes, charge_points) values ($1, $2, $3, $4)
  on conflict (site_id) do update set amperes = excluded.amperes, charge_points = excluded.charge_points, members_at = now()
  where site_limits.account_id = excluded.account_id`;

export const REMOVE_SITE = 'delete from site_limits where site_id = $1 and account_id = $2';

export const STALE_SITES = `
  select site_id, account_id from site_limits where members_at < now() - interval '1 minute' order by members_at limit 50`;

export const MEMBERS =
  'update site_limits set charge_points = $3, members_at = now() where site_id = $1 and account_id = $2';
