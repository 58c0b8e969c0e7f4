import { ownedRead } from '@open-cpo/persistence';

const time = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column.slice(column.indexOf('.') + 1)}`;

export const STATE = `
  case when c.published_connected then 'connected' when c.connected_at is null then 'never_connected'
    else 'disconnected' end`;

const CONNECTORS = `
  coalesce((select jsonb_agg(jsonb_build_object('number', k.number, 'status', k.status, 'error_code', k.error_code,
      'info', k.info, 'vendor_error_code', k.vendor_error_code,
      'reported_at', to_char(k.reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by k.number)
    from connectors k where k.charger_id = c.id), '[]')`;

/** A charger as it is shown. */
export const COLUMNS = `
  c.id, c.charge_point_id, c.identity, ${STATE} as state, c.secret_hash is not null as has_credential, c.policy,
  c.assume_ocpp16, c.local_list, c.certificate, c.server_pings, c.compression, c.register_factor, c.protocol, c.vendor, c.model, c.serial_number, c.firmware, ${time('c.connected_at')},
  ${time('c.disconnected_at')}, ${time('c.booted_at')}, ${time('c.last_seen_at')},
  round(c.clock_offset_ms / 1000.0)::float8 as clock_offset_seconds, c.quirks,
  (select count(*)::int from transactions t where t.charger_id = c.id and t.stopped_at is null) as open_transactions,
  ${CONNECTORS} as connectors, ${time('c.created_at')}`;

export const ONE = ownedRead(
  `select ${COLUMNS}, c.account_id from chargers c where c.id = $1 and c.deleted_at is null`,
);

/** Until the end of the transaction no message of it is handled. */
export const LOCK = 'select from chargers where id = $1 and account_id = $2 for no key update';

/** With what is known of its list of cards: nothing yet. */
export const ADD = `
  with made as (
    insert into chargers (account_id, charge_point_id, identity, secret_hash, policy) values ($1, $2, $3, $4, $5)
    returning id, account_id),
  lists as (insert into local_lists (charger_id, account_id) select id, account_id from made)
  select id from made`;

export const CHANGE = `
  update chargers set policy = coalesce($3, policy), assume_ocpp16 = coalesce($4, assume_ocpp16),
    local_list = coalesce($5, local_list), certificate = coalesce($6, certificate),
    server_pings = coalesce($7, server_pings), compression = coalesce($8, compression),
    register_factor = coalesce($9, register_factor), updated_at = now()
  where id = $1 and account_id = $2 and deleted_at is null`;

export const CREDENTIAL = `
  update chargers set secret_hash = $3, updated_at = now() where id = $1 and account_id = $2 and deleted_at is null`;

// Its settings and its list of cards go with it; its messages and commands stay for their time.
export const REMOVE = `
  with removed as (
    update chargers set deleted_at = now(), secret_hash = null, updated_at = now()
    where id = $1 and account_id = $2 and deleted_at is null returning id),
  lists as (delete from local_lists where charger_id in (select id from removed)),
  limits as (delete from current_limits where charger_id in (select id from removed))
  delete from settings where charger_id in (select id from removed)`;

// Of any account: an identity is unique in the installation, and a power center has one charger. The token of a power center
// is the identity that its own account would give its charger.
export const TAKEN = `
  select identity = $1 as identity, charge_point_id = $2 as charge_point from chargers
  where deleted_at is null and (identity = $1 or charge_point_id = $2)
  union all
  select true, false from charge_points where token = $1 and account_id <> $3 and removed_at is null`;

export const MESSAGES = `
  select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, direction, kind, action, message_id,
    payload, problems
  from messages where account_id = $1 and charger_id = $2 and ($3::bigint is null or id < $3)
    and ($4::text is null or action = $4)
  order by id desc limit $5`;
