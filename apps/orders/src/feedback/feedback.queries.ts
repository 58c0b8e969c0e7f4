import { CHARGE_POINT_COLUMNS, chargePointJoins } from '../charge-points/charge-point.view';
import { RAW_COLUMNS } from '../orders/orders.queries';

/** The last word is the one that waits. */
export const WAIT = `
  insert into waiting_feedback as w (session_id, driver_id, rating, message, written_at)
  select session_id, driver_id, rating, message, written_at
  from json_populate_recordset(null::waiting_feedback, $1) order by session_id
  on conflict (session_id) do update set driver_id = excluded.driver_id, rating = excluded.rating,
    message = excluded.message, written_at = excluded.written_at
  where w.written_at < excluded.written_at`;

export const WAITED = `
  delete from waiting_feedback where session_id = any($1::text[])
  returning session_id, driver_id, rating, message, written_at`;

export const GIVEN = 'select id, order_id, rating, updated_at from feedback where order_id = any($1::int[])';

const COLUMNS = 'order_id, account_id, charge_point_id, user_id, message, rating, created_at, updated_at';

export const GIVE = `
  insert into feedback (${COLUMNS})
  select ${COLUMNS} from json_populate_recordset(null::feedback, $1) order by order_id
  on conflict (order_id) do update set message = excluded.message, rating = excluded.rating,
    updated_at = excluded.updated_at
  returning id, order_id, rating, updated_at`;

/** A feedback with its order and its power center in one row. */
export const SHOWN = `${RAW_COLUMNS}, f.id as feedback_id, f.user_id as author_id, f.message, f.rating,
  f.created_at as written_at, f.updated_at as rewritten_at, ${CHARGE_POINT_COLUMNS}`;

export const FROM = `feedback f join orders o on o.id = f.order_id ${chargePointJoins('f.charge_point_id')}`;

export const TOTAL = 'select coalesce((select feedback from account_totals where account_id = $1), 0)';

export const ONE = `select ${SHOWN} from ${FROM} where f.id = $1 and f.account_id = $2`;

export const RATINGS = `
  select id as feedback_id, order_id, account_id, charge_point_id, rating from feedback
  where charge_point_id = $1 order by id`;
