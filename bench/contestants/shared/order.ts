import { RESERVATION_FEE, shown, two, type Viewer } from './amounts';

interface Slice {
  readonly quantity: string;
  readonly price: string;
  readonly total: string;
  readonly startingTime: string;
  readonly endingTime: string;
}

export interface Price {
  readonly amount: string;
  readonly currency: string;
  readonly usd: string;
}

/** An order with its power center, as it is read. */
export interface OrderWithCard {
  readonly id: number;
  readonly charge_point_id: number;
  readonly charge_point_connector_id: number | null;
  readonly connector_number: number | null;
  readonly user_id: number;
  readonly fleet_id: number | null;
  readonly unit: string;
  readonly requested_quantity: string;
  readonly status: number;
  readonly charging_session_time: string;
  readonly charging_session_energy: string;
  readonly quantity: string;
  readonly unit_price_usd: string;
  readonly price_usd: string;
  readonly fees_usd: string;
  readonly earning_usd: string;
  readonly feedback_exist: boolean;
  readonly delivered_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly prices: readonly Slice[];
  readonly currency: string | null;
  readonly rate: string | null;
  readonly card: Readonly<Record<string, unknown>>;
  readonly price: Price | null;
  readonly total_earnings_usd: string;
  readonly today_usd: string;
}

const seconds = (moment: Date): string => moment.toISOString().slice(0, 19).replace('T', ' ');
const microseconds = (moment: Date): string => moment.toISOString().replace('Z', '000Z');

const priceOf = (price: Price | null, { currency, rate }: Viewer): string => {
  if (!price) return '0.00';
  return price.currency === currency ? two(Number(price.amount)) : shown(price.usd, rate);
};

/** The owner of the demo account, whose power centers these are. */
const OWNER = 1;

/** The power center that an order shows. */
export const cardView = (row: OrderWithCard, viewer: Viewer) => ({
  ...row.card,
  owner_id: OWNER,
  total_earnings: shown(row.total_earnings_usd, viewer.rate),
  price: priceOf(row.price, viewer),
  reservation_fee: shown(RESERVATION_FEE, viewer.rate),
  earning: shown(row.today_usd, viewer.rate),
});

/** An order as lists show it. */
export function orderView(row: OrderWithCard, viewer: Viewer) {
  const rate = row.rate !== null && row.currency === viewer.currency ? Number(row.rate) : viewer.rate;
  const price = shown(row.price_usd, rate);
  const earning = shown(row.earning_usd, rate);
  return {
    id: row.id,
    charge_point_id: row.charge_point_id,
    charge_point_connector_id: row.charge_point_connector_id,
    charging_session_time: row.charging_session_time,
    charging_session_energy: row.charging_session_energy,
    unit: row.unit,
    requested_quantity: row.requested_quantity,
    feedback_exist: Number(row.feedback_exist),
    status: row.status,
    delivery_date: row.delivered_at && seconds(row.delivered_at),
    user_id: row.user_id,
    fleet_id: row.fleet_id,
    quantity: row.quantity,
    price,
    fees: two(Number(row.fees_usd)),
    earning,
    unit_price: shown(row.unit_price_usd, rate),
    created_at: microseconds(row.created_at),
    updated_at: microseconds(row.updated_at),
    connector_number: row.connector_number,
    charge_point: cardView(row, viewer),
    insert_date: seconds(row.created_at).slice(0, 16),
    prices: row.prices.map((slice, index) => sliceView(slice, index, rate)),
    app_fees: two(Number(price) - Number(earning)),
    elapsed_time: row.charging_session_time,
  };
}

const sliceView = (slice: Slice, index: number, rate: number) => ({
  id: index + 1,
  quantity: Number(slice.quantity),
  price: Number(shown(slice.price, rate)),
  total: Number(shown(slice.total, rate)),
  startingTime: slice.startingTime,
  endingTime: slice.endingTime,
});
