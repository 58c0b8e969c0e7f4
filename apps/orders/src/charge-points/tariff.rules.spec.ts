import { chargePointFact } from '../test/charge-point';
import { tariff } from '../test/rows';
import type { KnownChargePoint } from './charge-points.repository';
import { connectorOf, tariffAt } from './tariff.rules';

const known = (more: Partial<KnownChargePoint> = {}, card: object = {}): KnownChargePoint => {
  const { payload } = chargePointFact(1, 1, card);
  return { ...payload, token: payload.card.token, tariffs: [], created_at: null, removed_at: null, ...more };
};
const since = (from: string, base_usd: string) => ({ from, tariff: tariff({ base_usd }) });
const connector = (id: number, number: number | null) => ({ id, type_id: 3, number, status: 'available' });

describe('the prices of a session', () => {
  const tariffs = [
    since('2025-01-01T08:00:00.000Z', '1'),
    since('2025-01-01T20:00:00.000Z', '2'),
    since('2025-02-01T00:00:00.000Z', '3'),
  ];
  const at = (moment: string) => tariffAt(known({ tariffs }), new Date(moment)).base_usd;

  it.each([
    ['2025-01-01T08:00:00.000Z', '1'],
    ['2025-01-01T19:59:59.999Z', '1'],
    ['2025-01-01T20:00:00.000Z', '2'],
    ['2025-01-31T23:59:59.999Z', '2'],
    ['2026-01-01T00:00:00.000Z', '3'],
  ])('that began at %s are those that were in force', (moment, price) => {
    expect(at(moment)).toBe(price);
  });

  it('of another system’s history are those with which the power center was set up', () => {
    expect(at('2020-01-01T00:00:00.000Z')).toBe('2');
  });

  it('at a power center of which no prices were told are what it shows', () => {
    const card = { price_usd: 0.4, price_unit: 'energy', session_limit_type: 'minutes', session_limit_value: 90 };
    expect(tariffAt(known({}, card), new Date())).toEqual({
      unit: 'energy',
      time_zone: 'Africa/Algiers',
      base_usd: '0.4',
      base_amount: '0.4',
      base_currency: 'USD',
      ranges: [],
      limit_type: 'minutes',
      limit_value: 90,
    });
    expect(tariffAt(known({ price: null }), new Date())).toMatchObject({ base_usd: '0', limit_type: null });
    expect(tariffAt(known({}, { session_limit_type: 'energy' }), new Date())).toMatchObject({ limit_type: 'energy' });
  });
});

describe('the connector of a session', () => {
  const two = known({ connectors: [connector(10, 1), connector(20, 2)] });

  it('is that with the number', () => {
    expect(connectorOf(two, 2)?.id).toBe(20);
    expect(connectorOf(two, 3)).toBeUndefined();
  });

  it('is the first where none was said', () => {
    expect(connectorOf(two, null)?.id).toBe(10);
    expect(connectorOf(known({ connectors: [] }), null)).toBeUndefined();
  });

  it('is the only one where that has no number, whatever was said', () => {
    expect(connectorOf(known({ connectors: [connector(10, null)] }), 7)?.id).toBe(10);
    expect(connectorOf(known({ connectors: [connector(10, 1)] }), 7)).toBeUndefined();
    expect(connectorOf(known({ connectors: [connector(10, null), connector(20, null)] }), 7)).toBeUndefined();
  });
});
