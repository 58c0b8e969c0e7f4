import fc from 'fast-check';
import { type CardDays, limitsIn, nextUpdate } from './list-changes';

const endOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) + 86_400_000;
const days = fc.constantFrom('2026-12-30', '2026-12-31', '2099-01-01');
const lists = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G'), days, { noNullPrototype: true });

describe('the changes of a list of cards', () => {
  it('lead from any list to the one that is wanted, in parts of a size', () => {
    fc.assert(
      fc.property(lists, lists, fc.integer({ min: 1, max: 4 }), (has, wanted, size) => {
        let now: CardDays = has;
        for (let parts = 0; ; parts += 1) {
          const { entries, after } = nextUpdate(now, wanted, size, endOf);
          if (entries.length === 0) break;
          // As a charger applies it.
          const applied = new Map(Object.entries(now));
          for (const { tag, removed } of entries) {
            if (removed) applied.delete(tag);
            else applied.set(tag, wanted[tag] ?? '');
          }
          expect(Object.fromEntries(applied)).toEqual(after);
          expect(entries.length).toBeLessThanOrEqual(size);
          expect(parts).toBeLessThan(20);
          now = after;
        }
        expect(now).toEqual(wanted);
      }),
    );
  });

  it('tell until when a card is right, and nothing that 32 bits do not hold', () => {
    const { entries } = nextUpdate({ C: '2026-12-31' }, { A: '2026-12-31', B: '2099-01-01' }, 10, endOf);
    expect(entries).toEqual([
      { tag: 'C', removed: true },
      { tag: 'A', day: '2026-12-31', until: '2027-01-01T00:00:00Z' },
      { tag: 'B', day: '2099-01-01' },
    ]);
  });

  it('keep to the numbers that a charger told, where they are some', () => {
    const told = (value: string) => [
      { key: 'localauthlistenabled', value: 'true' },
      { key: 'LocalAuthListMaxLength', value },
      { key: 'SendLocalListMaxLength', value: '20' },
    ];
    expect(limitsIn(told('100'))).toEqual({ enabled: true, maxCards: 100, maxMessage: 20 });
    expect(limitsIn(told('-1'))).toEqual({ enabled: true, maxMessage: 20 });
    expect(limitsIn([{ key: 'LocalAuthListCtrlr.Enabled', value: 'False' }])).toEqual({ enabled: false });
    expect(limitsIn([])).toEqual({ enabled: true });
  });
});
