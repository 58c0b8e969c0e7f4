import {
  bit,
  format,
  hm,
  id,
  int,
  iso,
  list,
  nullable,
  number,
  object,
  oneOfValues,
  pattern,
  rule,
  s2,
  s4,
} from '../shape';
import type { Keys, Shape } from '../shape';
import { cpFull, priceUnit } from './charge-points';

const session = {
  id,
  charge_point_id: id,
  charge_point_connector_id: id,
  charging_session_time: s4,
  charging_session_energy: s4,
  unit: priceUnit,
  requested_quantity: pattern(/^(?:\d+(?:\.\d+)?|FULL)$/),
  feedback_exist: bit,
  /** 0 open, 1 completed, 2 cancelled. */
  status: oneOfValues(0, 1, 2),
  delivery_date: nullable(format('dt')),
  user_id: id,
  fleet_id: nullable(id),
  quantity: s4,
  fees: s2,
  unit_price: s2,
  created_at: iso,
  updated_at: iso,
  connector_number: nullable(int),
} satisfies Keys;

/** The order inside a feedback entry: in USD, `price` with four decimals, `earning` a number. */
export const orderRaw = object({ ...session, price: s4, earning: number });

const slice = object({ id, quantity: number, price: number, total: number, startingTime: hm, endingTime: hm });

interface Timed {
  elapsed_time: string;
  charging_session_time: string;
}

const order = (earning: Shape, insertDate: Shape): Shape =>
  rule<Timed>(
    object({
      ...session,
      price: s2,
      earning,
      charge_point: cpFull,
      insert_date: insertDate,
      prices: list(slice),
      app_fees: s2,
      elapsed_time: s4,
    }),
    'elapsed_time to equal charging_session_time',
    (one) => one.elapsed_time === one.charging_session_time,
  );

/** An order of the order endpoints: `earning` a string, `insert_date` to the minute. */
export const orderListed = order(s2, format('dtMinutes'));
/** An order of a power center's order list: `earning` a number, `insert_date` to the second. */
export const orderOfPowerCenter = order(number, format('dt'));
