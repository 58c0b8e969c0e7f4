import { accept } from '../fields/accept';
import { chargePointPricesChanged } from './price-facts';

const event = {
  id: 7,
  account_id: 1,
  time_zone: 'Africa/Algiers',
  price_unit: 'minutes',
  price_usd: '0.00000000',
  session_limit_type: null,
  session_limit_value: 0,
  ranges: [],
  valid_from: '2025-05-12T10:00:00.000000Z',
};

describe('the event of prices', () => {
  it('is accepted as it was published, also without ranges, price and limit', () => {
    const { input, errors } = accept(chargePointPricesChanged.payload, event);
    expect(errors.toMap()).toEqual({});
    expect({ ...input }).toEqual(event);
  });

  it('has its ranges untouched', () => {
    const ranges = [{ id: 3, price_usd: '0.50000000', starting: '20:00', ending: '23:59' }];
    expect(accept(chargePointPricesChanged.payload, { ...event, ranges }).input.ranges).toEqual(ranges);
  });

  it.each([
    ['no zone', { time_zone: undefined }, 'time_zone'],
    ['another unit', { price_unit: 'sessions' }, 'price_unit'],
    ['another limit', { session_limit_type: 'money' }, 'session_limit_type'],
    ['a limit below nothing', { session_limit_value: -1 }, 'session_limit_value'],
    ['no moment', { valid_from: '' }, 'valid_from'],
  ])('is not understood with %s', (_, change, field) => {
    expect(Object.keys(accept(chargePointPricesChanged.payload, { ...event, ...change }).errors.toMap())).toEqual([
      field,
    ]);
  });

  it('goes by one subject a power center', () => {
    expect(chargePointPricesChanged.filter).toBe('facts.stations.charge-points.prices-changed.*');
  });
});
