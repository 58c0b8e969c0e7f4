import {
  type ChargePointOrder,
  Encoded,
  isoMoment,
  type Order,
  type OrderRaw,
  type OrderSlice,
} from '@open-cpo/contracts';
import { fromUsd, s2, s4 } from '@open-cpo/persistence';
import Big from 'big.js';
import { chargePointJson } from '../charge-points/charge-point.json';
import { type ChargePointColumns, chargePointView, type Viewer } from '../charge-points/charge-point.view';
import type { ForReview, OrderRow } from './order';
import { parts } from './parts';

export type RawOrder = Omit<
  OrderRow,
  | 'session_id'
  | 'account_id'
  | 'payment'
  | 'worker_id'
  | 'revision'
  | 'closed_by'
  | 'tariff'
  | 'earning_rate'
  | 'day'
  | 'prices'
  | 'currency'
  | 'rate'
  | 'flat_fee_usd'
  | 'requested_unit'
  | keyof Amounts
  | keyof ForReview
>;

/** What an order comes to in the currency that it is settled in. */
type Amounts = Pick<OrderRow, 'unit_price_amount' | 'price_amount' | 'earning_amount' | 'amounts_currency'>;

/** An order with its power center, as lists select it. */
export type ShownOrder = RawOrder &
  ChargePointColumns &
  Pick<OrderRow, 'prices' | 'currency' | 'rate' | 'account_id'> &
  Amounts;

/** UTC, as all times of orders: "2024-09-16 07:33:27". */
const seconds = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ');
const minutes = (moment: Date): string => seconds(moment).slice(0, 16);

/** A number for integrations, which take no other: 0 for FULL. */
const numeric = (quantity: string): string => (Number.isNaN(Number(quantity)) ? '0' : quantity);

/** What needs no conversion, in the documented order (reference L1381). */
const basics = (row: RawOrder, { ownerId, integration }: Viewer) => ({
  id: row.id,
  charge_point_id: row.charge_point_id,
  charge_point_connector_id: row.charge_point_connector_id,
  charging_session_time: row.charging_session_time,
  charging_session_energy: row.charging_session_energy,
  unit: row.unit,
  requested_quantity: integration ? numeric(row.requested_quantity) : row.requested_quantity,
  // The reference shows 0 even for orders that have feedback (L1062); the true value is returned.
  feedback_exist: row.feedback_exist ? (1 as const) : (0 as const),
  status: row.status,
  delivery_date: row.delivered_at && seconds(row.delivered_at),
  user_id: row.user_id ?? ownerId,
  fleet_id: row.fleet_id,
  quantity: row.quantity,
});

const moments = (row: RawOrder) => ({
  created_at: isoMoment(row.created_at),
  updated_at: isoMoment(row.updated_at),
  connector_number: row.connector_number,
});

/** Inside feedback: USD, four decimals of the price, the earning a number (reference L1069-1073). */
export const rawView = (row: RawOrder, viewer: Viewer): OrderRaw => ({
  ...basics(row, viewer),
  price: s4(row.price_usd),
  fees: s2(row.fees_usd),
  earning: Number(row.earning_usd),
  unit_price: s2(row.unit_price_usd),
  ...moments(row),
});

/** What was completed keeps the rate of that day in the currency that its owner had; the others go by today's. */
const rateOf = ({ currency, rate }: ShownOrder, viewer: Viewer): string =>
  rate !== null && currency === viewer.currency ? rate : viewer.rate;

/** Slices in the viewer's currency; their totals add up to the price that is shown. */
function slicesView(row: ShownOrder, { currency }: Viewer, rate: string, price: string): OrderSlice[] {
  const own = row.amounts_currency === currency;
  const inViewers = (usd: string, amount?: string): Big =>
    own && amount !== undefined ? new Big(amount) : new Big(usd).times(rate);
  const totals = parts(
    row.prices.map(({ total, total_amount }) => inViewers(total, total_amount)),
    price,
  );
  return row.prices.map((slice, index) => ({
    id: index + 1,
    quantity: Number(slice.quantity),
    price: Number(s2(inViewers(slice.price, slice.price_amount))),
    total: Number(totals[index]),
    startingTime: slice.startingTime,
    endingTime: slice.endingTime,
  }));
}

/** Exact where the order was settled in the viewer's currency; else what it was in USD, at the order's or today's rate. */
function inCurrency(row: ShownOrder, viewer: Viewer) {
  const rate = rateOf(row, viewer);
  const own = row.amounts_currency === viewer.currency;
  const shown = (usd: string, amount: string | null): string =>
    own && amount !== null ? s2(amount) : fromUsd(usd, rate);
  const price = shown(row.price_usd, row.price_amount);
  const earning = shown(row.earning_usd, row.earning_amount);
  return {
    price,
    earning,
    prices: row.prices.length > 0 ? slicesView(row, viewer, rate, price) : [],
    unit_price: shown(row.unit_price_usd, row.unit_price_amount),
    // After conversion, so that the three amounts that are shown agree (reference L1415, L2593).
    app_fees: new Big(price).minus(earning).toFixed(2),
  };
}

/** All but the power center: what comes before it, and what comes after. */
function around<E>(row: ShownOrder, viewer: Viewer, insert_date: string, earningOf: (converted: string) => E) {
  const { price, earning, prices, unit_price, app_fees } = inCurrency(row, viewer);
  return {
    before: {
      ...basics(row, viewer),
      price,
      // Fees are the one amount that is not converted (reference L1396).
      fees: s2(row.fees_usd),
      earning: earningOf(earning),
      unit_price,
      ...moments(row),
    },
    after: {
      insert_date,
      prices,
      app_fees,
      elapsed_time: row.charging_session_time,
    },
  };
}

/** #27, #29, #30: to the minute, the earning converted (reference L1397, L1412). */
const partsOf = (row: ShownOrder, viewer: Viewer) => around(row, viewer, minutes(row.created_at), (earning) => earning);

export function orderJson(row: ShownOrder, viewer: Viewer): Encoded<Order> {
  const { before, after } = partsOf(row, viewer);
  const [head, tail] = [JSON.stringify(before), JSON.stringify(after)];
  return new Encoded(`${head.slice(0, -1)},"charge_point":${chargePointJson(row, viewer)},${tail.slice(1)}`);
}

/** #45: to the second, the earning a number in USD beside converted fees (reference L2497, L2590-2593). */
export function chargePointOrderView(row: ShownOrder, viewer: Viewer): ChargePointOrder {
  const { before, after } = around(row, viewer, seconds(row.created_at), () => Number(row.earning_usd));
  return { ...before, charge_point: chargePointView(row, viewer), ...after };
}
