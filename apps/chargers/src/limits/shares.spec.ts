import fc from 'fast-check';
import { LEAST_AMPERES, type Sharer, sharesOf } from './shares';

const charger = (id: number, charging: number, more: Partial<Sharer> = {}): Sharer => ({
  ...{ id, charging, own: null, reachable: true, most: null },
  ...more,
});
const of = (amperes: number, ...chargers: Sharer[]) => [...sharesOf(amperes, chargers)].sort(([a], [b]) => a - b);

describe('the shares of the limit of a site', () => {
  it('are by the connectors that charge; others may begin a session', () => {
    expect(of(96, charger(1, 2), charger(2, 1), charger(3, 0))).toEqual([
      [1, 58],
      [2, 32],
      [3, 6],
    ]);
  });

  it('are equal where none charges', () => {
    expect(of(30, charger(1, 0), charger(2, 0), charger(3, 0))).toEqual([
      [1, 10],
      [2, 10],
      [3, 10],
    ]);
  });

  it('leave what one cannot use to the others', () => {
    expect(of(100, charger(1, 1, { own: 16 }), charger(2, 1))).toEqual([
      [1, 16],
      [2, 84],
    ]);
  });

  it('leave a charger that is away what it has', () => {
    expect(of(50, charger(1, 1, { reachable: false, most: 20 }), charger(2, 1))).toEqual([
      [1, 20],
      [2, 30],
    ]);
  });

  it('are nothing for some where there is too little for all', () => {
    expect(of(15, charger(1, 0), charger(2, 1), charger(3, 1))).toEqual([
      [1, 0],
      [2, 7],
      [3, 7],
    ]);
    expect(of(5, charger(1, 1))).toEqual([[1, 0]]);
  });

  it('are never more than the limit together, nor than that of a charger', () => {
    const sharers = fc.array(
      fc.record({
        own: fc.option(fc.integer({ min: 6, max: 80 })),
        charging: fc.integer({ min: 0, max: 3 }),
        reachable: fc.boolean(),
        most: fc.option(fc.integer({ min: 0, max: 80 })),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), sharers, (amperes, given) => {
        const chargers = given.map((one, id) => ({ ...one, id }));
        const shares = sharesOf(amperes, chargers);
        expect(shares.size).toBe(chargers.length);
        expect([...shares.values()].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(amperes);
        for (const { id, own, reachable } of chargers) {
          const share = shares.get(id) ?? 0;
          expect(Number.isInteger(share) && share >= 0).toBe(true);
          if (reachable) expect(share <= (own ?? share) && (share === 0 || share >= LEAST_AMPERES)).toBe(true);
        }
      }),
    );
  });
});
