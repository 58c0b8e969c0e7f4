import { time, UNANSWERED } from '../commands/command.queries';

/** Of one that was accepted. */
const WAITS = `(m.state = 'accepted' and m.effect = 'expected' and m.effect_due_at > now())`;

const STATE = `
  case when t.stopped_at is not null then 'ended' when t.id is not null then 'started'
    when ${WAITS} then 'accepted' when ${UNANSWERED} then 'requested'
    when m.state = 'accepted' or m.state = 'failed' and m.answered_at is null then 'timed_out' else m.state end`;

const ERROR = `
  case when t.id is not null or ${WAITS} then null when m.state = 'accepted'
    then 'No session has begun in time.' when not ${UNANSWERED} then m.error end`;

/** A session that was asked for, as it is shown. */
export const ONE = `
  select m.id, m.charger_id, (m.request ->> 'connector')::int as connector, ${STATE} as state, t.session_id, t.order_id,
    m.session ->> 'payment' as payment, m.session ->> 'unit' as unit, m.session ->> 'requested_quantity' as requested_quantity,
    (m.session ->> 'driver_id')::int as driver_id, m.status, ${ERROR} as error, ${time('m.created_at')} as created_at,
    ${time('t.started_at')} as started_at, ${time('t.stopped_at')} as ended_at
  from commands m left join transactions t on t.id = m.transaction_id
  where m.account_id = $1 and m.charger_id = $2 and m.id = $3 and m.session is not null`;

// A status never ends a session, but a free connector has none: the end of some is never told.
const GOES_ON = `t.stopped_at is null and not exists (
  select from connectors k where k.charger_id = t.charger_id and k.number = $3 and k.status = 'Available'
    and k.reported_at > greatest(t.started_at, t.last_read_at))`;

// Of a start whose transaction is there it may be open for a while how its session begins, and at which connector.
export const CONNECTOR = `
  select
    exists (
      select from commands m left join transactions t on t.id = m.transaction_id
      where m.account_id = $1 and m.charger_id = $2 and m.type = 'start' and (m.request ->> 'connector')::int = $3
        and (m.transaction_id is null and (${UNANSWERED} or ${WAITS})
          or t.undecided and ${GOES_ON})) as starting,
    exists (
      select from transactions t
      where t.account_id = $1 and t.charger_id = $2 and t.connector = $3 and (t.accepted or t.published)
        and ${GOES_ON}) as charging,
    (select k.status from connectors k where k.charger_id = $2 and k.number = $3) as status,
    (select k.status from connectors k where k.charger_id = $2 and k.number = 0) as charger_status`;
