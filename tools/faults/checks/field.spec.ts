import type { Measured } from '../load/field-session';
import { ofChargers } from './dead-letters';
import { doubleBegins, type FieldOrder, recordProblems, wrongOrders } from './field';

const order: FieldOrder = {
  session_id: 'ocpp.1.1',
  energy: 5,
  minutes: 29,
  price: 1.45,
  quantity: 29,
  unit_price: 0.05,
  plain: true,
  flags: ['connector_overlap'],
  tariff: '1 minutes 0.05',
};
const right: Measured = { wh: 5000, minutes: 29, slack: 0, flags: [] };
const other = { ...order, session_id: 'ocpp.1.2' };

describe('the checker of sessions at chargers', () => {
  const found = (orders: readonly FieldOrder[], second: Measured = right): string[] =>
    wrongOrders(
      orders,
      new Map([
        ['ocpp.1.1', right],
        ['ocpp.1.2', second],
      ]),
    );

  it('is content with one price for all of a tariff', () => {
    expect(found([order, other, { ...other, price: 2.9, unit_price: 0.1, tariff: '2' }])).toEqual([]);
    expect(doubleBegins(new Set([1, 2]), [1, 2], 'A')).toEqual([]);
  });

  it('is content with what a charger measured, and with the flags that it causes', () => {
    const live = { wh: 500, minutes: 0.02, slack: 0.01, flags: ['meter_restarted'] };
    const flags = ['meter_restarted', 'connector_unknown'];
    const own = { quantity: 0, price: 0, tariff: '3' };
    expect(found([{ ...other, ...own, energy: 0.5, minutes: 0.0128, flags }], live)).toEqual([]);
  });

  it.each([
    [{ energy: 3.75 }, 'order of ocpp.1.2: 3.75 kWh instead of 5'],
    [{ minutes: 30 }, 'order of ocpp.1.2: 30 minutes instead of 29'],
    [{ price: 1.4, plain: false }, 'order of ocpp.1.2: 1.4 USD, another one 1.45'],
    [{ quantity: 28, tariff: '2' }, 'order of ocpp.1.2: 1.45 USD instead of 1.4000000000000001'],
    [{ flags: ['reading_rejected'] }, 'order of ocpp.1.2: flags "reading_rejected" instead of ""'],
    [{ session_id: 'ocpp.1.3' }, 'order of ocpp.1.3: no charger has had the session'],
  ])('goes red for %j', (change, problem) => {
    expect(found([order, { ...other, ...change }])).toEqual([problem]);
  });

  it.each([
    ['a flag that is missing', { ...right, flags: ['meter_restarted'] }],
    ['a clock that moved an end', { ...right, minutes: 29.2, slack: 0.1 }],
    ['a unit that was taken for another', { ...right, wh: 5 }],
  ])('goes red for %s', (_, measured) => {
    expect(found([order, other], measured)).toHaveLength(1);
  });

  it('goes red for a begin that was taken twice', () => {
    expect(doubleBegins(new Set([1]), [1, 2], 'A')).toEqual(['transaction 2 of A was begun twice']);
  });
});

describe('the checker of what is recorded of chargers', () => {
  const charger = {
    options: { identity: 'A' },
    connection: { isOpen: true },
    begun: new Set([1]),
    unanswered: undefined as string | undefined,
    unassigned: 2,
  };
  const record = { transactions: [1], kept: 2, connected: true };

  it('is content with what the charger reported, and with a begin whose answer is under way', () => {
    expect(recordProblems(charger, record)).toEqual([]);
    const begins = { ...charger, unanswered: 'StartTransaction' };
    expect(recordProblems(begins, { ...record, transactions: [2, 1] })).toEqual([]);
    const away = { ...charger, connection: { isOpen: false } };
    expect(recordProblems(away, { ...record, connected: false })).toEqual([]);
  });

  it.each([
    [{ transactions: [1, 2] }, 'transaction 2 of A was begun twice'],
    [{ kept: 1 }, '1 answered messages of A were not kept'],
    [{ connected: false }, 'A counts as disconnected, and has a connection'],
  ])('goes red for %j', (change, problem) => {
    expect(recordProblems(charger, { ...record, ...change })).toEqual([problem]);
  });
});

describe('the checker of dead letters', () => {
  const letter = { number: 1, consumer: 'orders-sessions', subject: 'charging.session.metered', at: '', eventId: 'e' };
  const of = (session_id: string) => ({
    ...letter,
    ...{ occurredAt: '', reason: 'meter_wh', payload: JSON.stringify({ version: 1, session_id }) },
  });

  it('goes red for events of chargers alone', () => {
    expect(ofChargers([of('4b5cdeaa'), of('ocpp.1.2')])).toEqual([
      'orders-sessions refused charging.session.metered: meter_wh ({"version":1,"session_id":"ocpp.1.2"})',
    ]);
  });
});
