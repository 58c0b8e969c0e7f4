import type { ConnectorState } from '@open-cpo/contracts';
import fc from 'fast-check';
import { type Flags, type Mounted, type Occupancy, occupancy, remount, statusOf } from './charge-point.rules';

const OFF: Flags = { configured: false, connected: false, busy: false, reserved: false, faulted: false };
const ON: Flags = { ...OFF, configured: true, connected: true };

describe('the status of a power center', () => {
  it.each<[string, Flags, string]>([
    ['unavailable before a charger ever came', OFF, 'unavailable'],
    ['unavailable while its charger is away', { ...ON, connected: false }, 'unavailable'],
    ['unavailable when busy and away', { ...ON, connected: false, busy: true }, 'unavailable'],
    ['available with a charger', ON, 'available'],
    ['busy when all is in use', { ...ON, busy: true }, 'busy'],
    ['booked when reserved', { ...ON, reserved: true }, 'booked'],
    ['unavailable when all connectors are out of order', { ...ON, faulted: true }, 'unavailable'],
  ])('is %s', (_, flags, status) => expect(statusOf(flags)).toBe(status));
});

describe('a power center', () => {
  it.each<[ConnectorState[], keyof Occupancy | undefined]>([
    [[], undefined],
    [['available'], undefined],
    [['busy', 'available'], undefined],
    [['available', 'unavailable'], undefined],
    [['busy', 'busy'], 'busy'],
    [['busy', 'unavailable'], 'busy'],
    [['busy', 'booked'], 'reserved'],
    [['booked'], 'reserved'],
    [['busy', 'booked', 'unavailable'], 'reserved'],
    [['unavailable'], 'faulted'],
    [['unavailable', 'unavailable'], 'faulted'],
  ])('whose connectors are %j is %s', (statuses, flag) => {
    const none: Occupancy = { busy: false, reserved: false, faulted: false };
    expect(occupancy(statuses)).toEqual(flag ? { ...none, [flag]: true } : none);
  });
});

describe('mounting connectors', () => {
  const mounted: Mounted[] = [
    { id: 1, type_id: 10, number: 1, status: 'busy' },
    { id: 2, type_id: 10, number: 2, status: 'available' },
    { id: 3, type_id: 11, number: null, status: 'available' },
  ];

  it('keeps by number, or without one by kind, and drops the rest', () => {
    const wanted = [
      { type_id: 12, number: 2 },
      { type_id: 11, number: null },
      { type_id: 10, number: 3 },
    ];
    expect(remount(mounted, wanted)).toEqual({
      kept: [
        { id: 2, type_id: 12, number: 2 },
        { id: 3, type_id: 11, number: null },
      ],
      added: [{ type_id: 10, number: 3 }],
      dropped: [mounted[0]],
    });
  });

  it('ends with exactly what was wanted, and accounts for each that there was', () => {
    const wanted = fc.uniqueArray(
      fc.record({ type_id: fc.integer({ min: 10, max: 12 }), number: fc.option(fc.integer({ min: 1, max: 4 })) }),
      { selector: ({ number }) => number ?? Symbol('any') },
    );
    fc.assert(
      fc.property(wanted, (wish) => {
        const { kept, added, dropped } = remount(mounted, wish);
        const after = [...kept.map(({ type_id, number }) => ({ type_id, number })), ...added];
        const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
        expect(sorted(after)).toEqual(sorted(wish));
        expect([...kept, ...dropped].map(({ id }) => id).sort()).toEqual([1, 2, 3]);
      }),
    );
  });
});
