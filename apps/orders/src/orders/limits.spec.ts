import { tariff } from '../test/rows';
import { reachedLimit } from './limits';
import type { OrderRow } from './order';

const order = (more: Partial<OrderRow>): OrderRow =>
  ({
    tariff: tariff(),
    unit: 'minutes',
    requested_quantity: 'FULL',
    charging_session_time: '60.0000',
    charging_session_energy: '12.5000',
    ...more,
  }) as OrderRow;
const limited = (limit_type: 'minutes' | 'energy', limit_value: number) => tariff({ limit_type, limit_value });

it.each([
  ['none', {}, undefined],
  ['a limit of 0', { tariff: limited('minutes', 0), requested_quantity: '0' }, undefined],
  ['an hour', { tariff: limited('minutes', 60) }, 'session_limit'],
  ['a minute more', { tariff: limited('minutes', 61) }, undefined],
  ['12 kWh', { tariff: limited('energy', 12) }, 'session_limit'],
  ['13 kWh', { tariff: limited('energy', 13) }, undefined],
  ['12.5 kWh that were asked for', { unit: 'energy', requested_quantity: '12.5' }, 'requested_quantity'],
  ['12.5001 kWh that were asked for', { unit: 'energy', requested_quantity: '12.5001' }, undefined],
  [
    'half an hour that was asked for at a price of energy',
    { unit: 'energy', requested_quantity: '30', requested_unit: 'minutes' },
    'requested_quantity',
  ],
  [
    'two hours that were asked for at a price of energy',
    { unit: 'energy', requested_quantity: '120', requested_unit: 'minutes' },
    undefined,
  ],
  [
    '10 kWh that were asked for at a price of minutes',
    { requested_quantity: '10', requested_unit: 'energy' },
    'requested_quantity',
  ],
  [
    '20 kWh that were asked for at a price of minutes',
    { requested_quantity: '20', requested_unit: 'energy' },
    undefined,
  ],
  ['both', { tariff: limited('energy', 12), requested_quantity: '10' }, 'session_limit'],
] as const)('an hour with 12.5 kWh reaches, of %s: %s', (_, more, limit) => {
  expect(reachedLimit(order(more as Partial<OrderRow>))?.limit).toBe(limit);
});
