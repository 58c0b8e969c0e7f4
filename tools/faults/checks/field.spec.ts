import { doubleBegins, type FieldOrder, wrongOrders } from './field';

const order: FieldOrder = { session_id: 'ocpp.1.1', energy: 5, minutes: 29, price: 1.5, tariff: '1 minutes 0.05' };

describe('the checker of sessions at chargers', () => {
  it('is content with one price for all of a tariff', () => {
    expect(wrongOrders([order, { ...order, session_id: 'ocpp.1.2' }, { ...order, price: 2, tariff: '2' }])).toEqual([]);
    expect(doubleBegins(new Set([1, 2]), [1, 2], 'A')).toEqual([]);
  });

  it.each([
    [{ energy: 3.75 }, 'order of ocpp.1.2: 3.75 kWh'],
    [{ minutes: 30 }, 'order of ocpp.1.2: 30 minutes'],
    [{ price: 1.4 }, 'order of ocpp.1.2: 1.4 USD, another one 1.5'],
  ])('goes red for %j', (change, problem) => {
    expect(wrongOrders([order, { ...order, session_id: 'ocpp.1.2', ...change }])).toEqual([problem]);
  });

  it('goes red for a begin that was taken twice', () => {
    expect(doubleBegins(new Set([1]), [1, 2], 'A')).toEqual(['transaction 2 of A was begun twice']);
  });
});
