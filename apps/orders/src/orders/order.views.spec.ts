import { chargePointFact } from '../test/charge-point';
import type { Order } from '@open-cpo/contracts';
import { chargePointView, type Viewer } from '../charge-points/charge-point.view';
import { chargePointOrderView, orderJson, rawView, type ShownOrder } from './order.views';

const DINARS = { ownerId: 11, currency: 'DZD', rate: '136.209406' };

const orderView = (shown: ShownOrder, viewer: Viewer): Order => JSON.parse(orderJson(shown, viewer).json) as Order;

const row = (more: Partial<ShownOrder> = {}): ShownOrder => ({
  id: 5,
  charge_point_id: 1,
  charge_point_connector_id: 10,
  connector_number: 1,
  user_id: 7,
  fleet_id: null,
  unit: 'minutes',
  requested_quantity: '10',
  status: 1,
  charging_session_time: '10.5000',
  charging_session_energy: '1.2340',
  quantity: '10.0000',
  unit_price_usd: '0.12300000',
  price_usd: '1.23000000',
  fees_usd: '0.50000000',
  earning_usd: '1.04550000',
  feedback_exist: false,
  delivered_at: new Date('2025-01-08T07:43:57.900Z'),
  created_at: new Date('2025-01-08T07:33:27.100Z'),
  updated_at: new Date('2025-01-08T07:43:57.900Z'),
  prices: [{ quantity: '10.0000', price: '0.123', total: '1.23', startingTime: '08:33', endingTime: '08:43' }],
  currency: 'DZD',
  rate: '100',
  account_id: 1,
  unit_price_amount: null,
  price_amount: null,
  earning_amount: null,
  amounts_currency: null,
  card: JSON.stringify(chargePointFact(1, 1).payload.card),
  price: JSON.stringify({ amount: '17', currency: 'DZD', usd: '0.125' }),
  total_earnings_usd: '10',
  today_usd: '1',
  total_earned: null,
  today_earned: null,
  ...more,
});

describe('an order in the currency that it was settled in', () => {
  const euros = { ownerId: 11, currency: 'EUR', rate: '0.9' };
  const settled = row({
    currency: 'EUR',
    rate: '0.86',
    // 10.5 times 0.35 is 3.675, of which dollars keep eight decimals.
    unit_price_usd: '0.40697674',
    price_usd: '4.27325581',
    unit_price_amount: '0.35000000',
    price_amount: '3.67500000',
    earning_amount: '3.12375000',
    amounts_currency: 'EUR',
  });

  it('is quantity times unit price, to the cent', () => {
    expect(orderView(settled, euros)).toMatchObject({ unit_price: '0.35', price: '3.68', earning: '3.12' });
  });

  it('goes by dollars in another currency', () => {
    expect(orderView(settled, { ...euros, currency: 'USD', rate: '1' })).toMatchObject({ price: '4.27' });
  });

  it('has slices that add up to its price', () => {
    const slice = { quantity: '1.0000', price: '0.5', startingTime: '08:00', endingTime: '09:00' };
    const prices = ['0.004', '0.008', '0.008'].map((total) => ({ ...slice, total: '9', total_amount: total }));
    const shown = orderView({ ...settled, price_amount: '0.02000000', prices }, euros);
    expect(shown.price).toBe('0.02');
    expect(shown.prices.map(({ total }) => total)).toEqual([0, 0.01, 0.01]);
  });
});

describe('an order in a list', () => {
  it('has amounts at the rate of the day on which it was completed, and fees in USD', () => {
    expect(orderView(row(), DINARS)).toMatchObject({
      price: '123.00',
      earning: '104.55',
      app_fees: '18.45',
      unit_price: '12.30',
      fees: '0.50',
      prices: [{ id: 1, quantity: 10, price: 12.3, total: 123, startingTime: '08:33', endingTime: '08:43' }],
    });
  });

  it('goes by today’s rate where its owner sees another currency now, or it is not complete', () => {
    expect(orderView(row(), { ownerId: 11, currency: 'USD', rate: '1' })).toMatchObject({
      price: '1.23',
      earning: '1.05',
    });
    expect(orderView(row({ rate: null, currency: null }), DINARS)).toMatchObject({ price: '167.54' });
  });

  it('shows amounts that agree: price less fees of the platform is the earning', () => {
    for (const price_usd of ['0.01000000', '0.33333333', '7.77777777']) {
      const { price, earning, app_fees } = orderView(row({ price_usd, earning_usd: '0.00500000' }), DINARS);
      expect((Number(price) - Number(earning)).toFixed(2)).toBe(app_fees);
    }
  });

  it('tells times of UTC, its beginning to the minute', () => {
    expect(orderView(row(), DINARS)).toMatchObject({
      insert_date: '2025-01-08 07:33',
      delivery_date: '2025-01-08 07:43:57',
      elapsed_time: '10.5000',
    });
    expect(orderView(row({ delivered_at: null }), DINARS).delivery_date).toBeNull();
  });

  it('has its power center as it is now, in today’s rate', () => {
    expect(orderView(row(), DINARS).charge_point).toMatchObject({
      identifier: 'CP:1',
      price: '17.00',
      total_earnings: '1362.09',
      earning: '136.21',
    });
  });

  it('has a number for the quantity FULL where an integration looks', () => {
    const full = row({ requested_quantity: 'FULL' });
    expect(orderView(full, { ...DINARS, integration: true }).requested_quantity).toBe('0');
    expect(orderView(full, DINARS).requested_quantity).toBe('FULL');
    expect(orderView(row(), { ...DINARS, integration: true }).requested_quantity).toBe('10');
    expect(rawView(full, { ...DINARS, integration: true }).requested_quantity).toBe('0');
  });

  it('says whether it has feedback', () => {
    expect(orderView(row(), DINARS).feedback_exist).toBe(0);
    expect(orderView(row({ feedback_exist: true }), DINARS).feedback_exist).toBe(1);
  });
});

describe('the power center of an order', () => {
  const shownIn = (more: Partial<ShownOrder>, viewer: Viewer = DINARS) => orderView(row(more), viewer).charge_point;

  it('is written in the documented order of its keys', () => {
    const keys = Object.keys(shownIn({}));
    expect(keys).toEqual(Object.keys(chargePointView(row(), DINARS)));
    expect(Object.keys(orderView(row(), DINARS)).slice(19, 22)).toEqual([
      'connector_number',
      'charge_point',
      'insert_date',
    ]);
  });

  it('is never shown as it was, whatever of it has changed', () => {
    const other = { ...(JSON.parse(row().card) as object), title: 'Renamed' };
    expect(shownIn({})).toMatchObject({ total_earnings: '1362.09', earning: '136.21', price: '17.00' });
    expect(shownIn({ total_earnings_usd: '20' }).total_earnings).toBe('2724.19');
    expect(shownIn({ today_usd: '0' }).earning).toBe('0.00');
    expect(shownIn({ price: null }).price).toBe('0.00');
    expect(shownIn({ card: JSON.stringify(other) }).title).toBe('Renamed');
    expect(shownIn({}, { ...DINARS, rate: '100' }).total_earnings).toBe('1000.00');
    expect(shownIn({}, { ownerId: 11, currency: 'USD', rate: '136.209406' }).price).toBe('17.03');
    expect(shownIn({})).toMatchObject({ total_earnings: '1362.09', earning: '136.21', price: '17.00' });
  });
});

describe('an order of one power center', () => {
  it('begins to the second, and its earning is a number in USD', () => {
    const seen = chargePointOrderView(row(), DINARS);
    expect(seen).toMatchObject({
      insert_date: '2025-01-08 07:33:27',
      earning: 1.0455,
      price: '123.00',
      app_fees: '18.45',
    });
    expect(Object.keys(seen)).toEqual(Object.keys(orderView(row(), DINARS)));
  });
});

describe('an order inside feedback', () => {
  it('is in USD, whoever looks, without its power center', () => {
    const seen = rawView(row(), DINARS);
    expect(seen).toMatchObject({ price: '1.2300', fees: '0.50', earning: 1.0455, unit_price: '0.12' });
    expect(seen).not.toHaveProperty('charge_point');
    expect(seen).not.toHaveProperty('insert_date');
  });
});
