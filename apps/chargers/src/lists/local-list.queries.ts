const time = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Seconds of a connection before anything is asked: chargers are busy when they start. */
const SETTLED = `interval '60 seconds'`;
const CONNECTED = `
  c.deleted_at is null and c.disconnected_at is null and c.local_list and c.connected_at < now() - ${SETTLED}`;
const ASKED = `m.id is null or m.state not in ('queued', 'sent')`;
const MAX_BEGUN = 100;

export const BEGIN = `
  insert into local_lists (charger_id, account_id)
  select c.id, c.account_id from chargers c
  where ${CONNECTED} and not exists (select from local_lists l where l.charger_id = c.id) limit ${MAX_BEGUN}
  on conflict do nothing`;

// A charger that has started may have lost its list; with other firmware it may have got lists.
export const CHECK = `
  update local_lists l set phase = case l.phase when 'current' then 'version' else 'limits' end, checked_at = now(),
    next_at = now(), attempts = 0
  from (
    select l.charger_id from local_lists l join chargers c on c.id = l.charger_id
    where ${CONNECTED} and l.phase in ('current', 'unsupported', 'disabled') and l.command_id is null
      and l.checked_at < c.booted_at and c.booted_at < now() - ${SETTLED}
    limit ${MAX_BEGUN}) started
  where l.charger_id = started.charger_id`;

export const DUE = `
  select l.charger_id, l.account_id, l.phase, l.version, l.changes
  from local_lists l join chargers c on c.id = l.charger_id left join commands m on m.id = l.command_id
  where ${CONNECTED} and l.next_at <= now() and (${ASKED}) order by l.next_at limit 200`;

/** Chargers without a list, of accounts without cards: nothing is asked of them until there are some. */
export const IDLE = `
  update local_lists l set phase = 'idle', next_at = 'infinity', synced_at = now(), checked_at = now()
  from unnest($1::int[], $2::int[]) as d (charger_id, changes)
  where l.charger_id = d.charger_id and l.changes = d.changes and l.phase = 'limits' and l.command_id is null`;

export const LOCK = `
  select l.charger_id, l.account_id, l.phase, l.changes, l.version, l.known, l.entries, l.max_cards, l.max_message, l.attempts,
    l.command_id, p.time_zone, m.state, m.status, m.error, m.answer, m.request
  from local_lists l join chargers c on c.id = l.charger_id join charge_points p on p.id = c.charge_point_id
    left join commands m on m.id = l.command_id
  where l.charger_id = $1 and l.changes = $2 and ${CONNECTED} and l.next_at <= now() and (${ASKED})
  for no key update of l skip locked`;

export const KEEP = `
  update local_lists set phase = $2, version = $3, known = $4, entries = $5, max_cards = $6, max_message = $7,
    attempts = $8, error = $9, command_id = $10, next_at = $11, left_out = $12,
    synced_at = case when $2 in ('current', 'idle') then now() else synced_at end,
    checked_at = case when $2 in ('current', 'idle', 'unsupported', 'disabled') then now() else checked_at end
  where charger_id = $1`;

const WITHOUT_CARDS = `
  request - 'entries' || jsonb_build_object('cards', jsonb_array_length(request -> 'entries'))`;

/** The cards of a list are not kept with its command. */
export const STRIP = `update commands set request = ${WITHOUT_CARDS} where id = $1 and request ? 'entries'`;

// Nobody looks at their answers any more. One that was not sent yet would empty the list.
const ABANDONED = `
  request = ${WITHOUT_CARDS}, state = case state when 'queued' then 'failed' else state end,
  error = case state when 'queued' then 'The list is not kept up to date any more, or is sent anew.' else m.error end`;

/** Commands of a charger of whose list nothing is known any more. */
export const STRIP_ALL = `
  update commands m set ${ABANDONED}
  where account_id = $2 and charger_id = $1 and type = 'local_list' and request ? 'entries'`;

/** Of all chargers that are gone with their power centers, before their lists are. */
export const STRIP_GONE = `
  update commands m set ${ABANDONED} from local_lists l join chargers c on c.id = l.charger_id
  where c.deleted_at < now() and m.account_id = l.account_id and m.charger_id = l.charger_id
    and m.type = 'local_list' and m.request ? 'entries'`;

/** While a command is under way, it is looked at when that has ended. */
export const CHANGED = `
  update local_lists set changes = changes + 1,
    next_at = case when phase in ('unsupported', 'disabled') then next_at else now() end,
    phase = case phase when 'current' then 'send' when 'idle' then 'limits' else phase end
  where account_id = any($1::int[])`;

export const AGAIN = `
  insert into local_lists (charger_id, account_id) values ($1, $2)
  on conflict (charger_id) do update set phase = 'limits', known = false, attempts = 0, error = null, command_id = null,
    max_cards = null, max_message = null, next_at = now()`;

export const FORGET = 'delete from local_lists where charger_id = $1 and account_id = $2';

/** After an error of its own. */
export const POSTPONE = `update local_lists set next_at = now() + interval '1 minute' where charger_id = $1`;

export const VIEW = `
  select case when not c.local_list then 'off' when l.charger_id is null then 'waiting' when l.phase = 'idle' then 'current'
      when l.phase in ('current', 'unsupported', 'disabled') then l.phase when l.attempts > 0 then 'failing'
      when l.command_id is null and l.synced_at is null then 'waiting' else 'sending' end as state,
    l.version, (select count(*)::int from jsonb_object_keys(coalesce(l.entries, '{}'))) as cards, l.max_cards,
    coalesce(l.left_out, 0) as left_out, l.error, ${time('l.synced_at')} as synced_at,
    case when isfinite(l.next_at) then ${time('l.next_at')} end as next_at
  from chargers c left join local_lists l on l.charger_id = c.id where c.id = $1 and c.account_id = $2`;
