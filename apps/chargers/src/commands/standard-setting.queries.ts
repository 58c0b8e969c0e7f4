/** Settings that the platform looks at, by version of the protocol. */
const KEYS = `(values
  ('ocpp1.6', 'heartbeat', 'HeartbeatInterval'),
  ('ocpp1.6', 'measurands', 'MeterValuesSampledData'),
  ('ocpp2.0.1', 'heartbeat', 'OCPPCommCtrlr.HeartbeatInterval'),
  ('ocpp2.0.1', 'measurands', 'SampledDataCtrlr.TxUpdatedMeasurands')) k (protocol, kind, key)`;

const BATCH = 100;
const OF_CHARGER = 'm.account_id = c.account_id and m.charger_id = c.id';

/** Connected for long enough that nothing disturbs its start, and without a command that waits. */
export const DUE_CHARGERS = `
  select c.id from chargers c
  where c.deleted_at is null and c.disconnected_at is null and c.booted_at is not null
    and c.connected_at < now() - interval '2 minutes' and coalesce(c.settings_due_at, '-infinity') <= now()
    and not exists (select from commands m where ${OF_CHARGER} and m.state in ('queued', 'sent'))
  order by c.settings_due_at nulls first, c.id limit ${BATCH} for no key update of c skip locked`;

/** Once a week: firmware may set them back. One that breaks off at the question is not asked again before. */
export const UNREAD_SETTINGS = `
  select c.id, c.account_id, k.key from chargers c join ${KEYS} on k.protocol = c.protocol
  where c.id = any($1::int[]) and not exists (
    select from commands m where ${OF_CHARGER} and m.type = 'read_configuration' and m.request ->> 'key' = k.key
      and m.created_at > now() - interval '7 days')
  order by c.id, k.kind`;

/**
 * Those whose value is another one, and that were never set: a charger that restarts at a change would do so without end. What its
 * owner has set stays. A list of measurands that was refused is tried again, one shorter.
 */
export const DIFFERENT_SETTINGS = `
  select c.id, c.account_id, k.key, k.kind, s.value, last.value as refused
  from chargers c join ${KEYS} on k.protocol = c.protocol
  join settings s on s.charger_id = c.id and s.key = k.key and not s.readonly and s.value is not null
  left join lateral (
    select m.id, m.user_id, m.request ->> 'value' as value,
      m.state = 'rejected' or m.state = 'failed' and m.answered_at is not null as refused
    from commands m where ${OF_CHARGER} and m.type = 'configure' and m.request ->> 'key' = k.key
      and m.sent_at is not null
    order by m.id desc limit 1) last on true
  where c.id = any($1::int[]) and case when last.id is null
    then case k.kind when 'heartbeat' then s.value <> $2 else s.value !~* '(^|,) *Energy\\.Active\\.Import\\.Register *(,|$)' end
    else k.kind = 'measurands' and last.refused and last.user_id is null and last.value like '%,%' end
  order by c.id, k.kind`;

/** Where something was asked, what it answers is looked at next. */
export const LOOKED_AT = `
  update chargers set settings_due_at = now() + case when id = any($2::int[]) then interval '1 minute' else interval '7 days' end
  where id = any($1::int[])`;
