const time = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

// By what became of its commands. What the charger does not know any more is cancelled.
const STATE = `
  case when r.transaction_id is not null then 'used'
    when r.removed_at is not null or k.state in ('accepted', 'rejected') then 'cancelled'
    when m.state = 'rejected' then 'rejected'
    when m.state in ('failed', 'timed_out', 'not_connected') then 'failed'
    when r.expires_at <= now() then 'expired'
    when m.state in ('queued', 'sent') then 'requested' else 'active' end`;
const FROM = `
  reservations r left join commands m on m.id = r.command_id left join commands k on k.id = r.cancel_command_id`;
const COLUMNS = `
  r.id, r.charger_id, r.connector, r.tag as rfid, r.made, ${STATE} as state, ${time('r.expires_at')} as expires_at,
  r.command_id, r.cancel_command_id, r.transaction_id, r.user_id, ${time('r.created_at')} as created_at`;

export const ONE = `select ${COLUMNS} from ${FROM} where r.account_id = $1 and r.charger_id = $2 and r.id = $3`;

export const TABLE = `
  select ${COLUMNS} from ${FROM}
  where r.account_id = $1 and r.charger_id = $2 and ($3::int is null or r.id < $3) and ($4::text is null or ${STATE} = $4)
  order by r.id desc limit $5`;

/** The one that keeps a connector free. */
export const OPEN = `
  select r.id from ${FROM}
  where r.account_id = $1 and r.charger_id = $2 and r.connector = $3 and r.transaction_id is null and r.expires_at > now()
    and ${STATE} in ('requested', 'active') limit 1`;

export const ADD = `
  insert into reservations (account_id, charger_id, connector, tag, made, expires_at, user_id)
  values ($1, $2, $3, $4, $5, $6, $7) returning id`;

export const ASKED = 'update reservations set command_id = $2 where id = $1';
export const CANCELLED = 'update reservations set cancel_command_id = $2 where id = $1';

/** The newest reservation of a connector that has not ended long before a moment; `active`: whether it was kept free then. */
export const AT = `
  select r.tag, r.expires_at > $3 and r.created_at <= $3 and ${STATE} = 'active' as active from ${FROM}
  where r.charger_id = $1 and r.connector = $2 and r.transaction_id is null and r.expires_at > now() - interval '5 minutes'
  order by active desc, r.id desc limit 1`;

// The clock of a charger may be behind: it takes one that has just expired for right.
export const USED = `
  update reservations set transaction_id = $4
  where id = (
    select r.id from ${FROM}
    where r.charger_id = $1 and r.connector = $2 and r.tag = $3 and r.expires_at > now() - interval '5 minutes'
      and ${STATE} in ('requested', 'active', 'expired')
    order by r.id desc limit 1)`;

export const REMOVED = `
  update reservations set removed_at = now() where id = $1 and charger_id = $2 and transaction_id is null and removed_at is null`;
