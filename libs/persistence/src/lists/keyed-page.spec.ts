import fc from 'fast-check';
import { spanOf } from './keyed-page';
import { orderOf } from './list';

const sortKeys = { price: 'o.price_usd', energy: 'o.charging_session_energy' };
type SortBy = NonNullable<NonNullable<Parameters<typeof orderOf>[0]['query']>['sortBy']>;
const orderBy = (sortBy: SortBy = [], backwards = false): string =>
  orderOf({ key: 'o.id', select: '', from: '', where: '', params: [], sortKeys, query: { sortBy } }, backwards);

describe('the order of a list with a key', () => {
  it('is newest first unless something else was asked for', () => {
    expect(orderBy()).toBe('o.id desc');
  });

  it('takes several keys in turn; the first says how ids go', () => {
    const keys = [
      { key: 'price', order: 'asc' },
      { key: 'energy', order: 'desc' },
    ] as const;
    expect(orderBy(keys)).toBe('o.price_usd asc, o.charging_session_energy desc, o.id asc');
  });

  it('passes over keys that there are not', () => {
    expect(orderBy([{ key: 'id; drop table orders', order: 'asc' }])).toBe('o.id desc');
  });

  it('from the end turns every direction', () => {
    expect(orderBy([{ key: 'price', order: 'asc' }], true)).toBe('o.price_usd desc, o.id desc');
    expect(orderBy([], true)).toBe('o.id asc');
  });
});

describe('a page', () => {
  it.each([
    [100, 10, 1, { limit: 10, offset: 0, backwards: false }],
    [100, 10, 5, { limit: 10, offset: 40, backwards: false }],
    [100, 10, 6, { limit: 10, offset: 40, backwards: true }],
    [100, 10, 10, { limit: 10, offset: 0, backwards: true }],
    [95, 10, 10, { limit: 5, offset: 0, backwards: true }],
    [3, 10, 1, { limit: 3, offset: 0, backwards: false }],
  ])('of %d rows by %d, number %d, is read from the nearer end', (total, perPage, page, span) => {
    expect(spanOf(total, perPage, page)).toEqual(span);
  });

  it.each([
    [0, 10, 1],
    [100, 10, 11],
    [100, 15, 8],
  ])('of %d rows by %d, number %d, is empty', (total, perPage, page) => {
    expect(spanOf(total, perPage, page)).toBeUndefined();
  });

  it('and all the others together are the list, each row once', () => {
    const sizes = fc.record({ total: fc.integer({ min: 0, max: 200 }), perPage: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(sizes, ({ total, perPage }) => {
        const rows = Array.from({ length: total }, (_, n) => n);
        const seen: number[] = [];
        for (let page = 1, span = spanOf(total, perPage, page); span; page += 1, span = spanOf(total, perPage, page)) {
          const { limit, offset, backwards } = span;
          const found = (backwards ? [...rows].reverse() : rows).slice(offset, offset + limit);
          expect(offset).toBeLessThanOrEqual(total / 2);
          seen.push(...(backwards ? found.reverse() : found));
        }
        expect(seen).toEqual(rows);
      }),
    );
  });
});
