import {
  type FeedbackGiven,
  isoMoment,
  ORDER_STATUS,
  type OrderCompleted,
  type OrderHeld,
  type OrderStarted,
  type SessionLimitReached,
} from '@open-cpo/contracts';
import { s2, s4 } from '@open-cpo/persistence';

/**
 * Orders in the words of the API's own rows. Amounts are in US dollars, as feedback shows them (reference L1069), because
 * an event has no viewer whose currency it could be shown in.
 */
const openOrder = (order: Omit<OrderStarted, 'session_id'>) => ({
  id: order.order_id,
  charge_point_id: order.charge_point_id,
  connector_number: order.connector_number ?? null,
  status: ORDER_STATUS.open,
  created_at: isoMoment(new Date(order.started_at)),
});

/** With the session id of its back end or of the app that requested it. */
export const startedOrder = ({ session_id = null, ...order }: OrderStarted) => ({ ...openOrder(order), session_id });

/** Its session is reviewed before it counts; until then it is an open order. */
export const heldOrder = ({ reasons, ...order }: OrderHeld) => ({ ...openOrder(order), reasons });

/** The session goes on: the charging back end may end it. */
export const limitReached = ({ session_id, limit, unit, value, reached_at, ...order }: SessionLimitReached) => ({
  ...openOrder(order),
  session_id,
  limit,
  unit,
  value,
  reached_at: isoMoment(new Date(reached_at)),
});

const pricedOrder = (order: OrderCompleted) => ({
  id: order.order_id,
  charge_point_id: order.charge_point_id,
  connector_number: order.connector_number ?? null,
  charging_session_time: order.minutes,
  charging_session_energy: order.energy,
  price: s4(order.price_usd),
  fees: s2(order.fees_usd),
  earning: s2(order.earning_usd),
  currency: 'USD',
  payment: order.payment,
  worker_id: order.worker_id ?? null,
  delivery_date: isoMoment(new Date(order.completed_at)),
  // How often it was priced: of two the higher one is true.
  revision: order.revision,
});

export const completedOrder = (order: OrderCompleted) => ({ ...pricedOrder(order), status: ORDER_STATUS.completed });

/** What was reversed, as it had been published; the reason is for operators. */
export const reversedOrder = (order: OrderCompleted) => ({ ...pricedOrder(order), status: ORDER_STATUS.cancelled });

/** The words that came with it are in the API's own row. */
export const ratedOrder = ({ order_id, feedback_id, charge_point_id, rating, previous_rating }: FeedbackGiven) => ({
  id: order_id,
  feedback_id,
  charge_point_id,
  rating,
  previous_rating: previous_rating ?? null,
});
