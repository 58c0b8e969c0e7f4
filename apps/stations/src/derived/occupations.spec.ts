import { type Connector, momentOf, movesOf, type Occupation } from './occupations';

const at = (second: number) => new Date(Date.UTC(2025, 4, 12, 10, 0, second));
const two: Connector[] = [
  { id: 11, charge_point_id: 1, number: 1, status: 'available' },
  { id: 12, charge_point_id: 1, number: 2, status: 'available' },
];
const does = (
  order_id: number,
  status: Occupation['status'],
  second: number,
  number: number | null = 1,
): Occupation => ({
  order_id,
  charge_point_id: 1,
  number,
  status,
  at: at(second),
});
const moves = (occupations: Occupation[], ended: number[] = [], connectors = two) =>
  movesOf(occupations, new Set(ended), connectors).map(({ id, status }) => [id, status]);

describe('a connector', () => {
  it('is what was said of its latest moment, in whichever order it was said', () => {
    const said = [does(1, 'busy', 0), does(1, 'available', 30), does(2, 'busy', 40)];
    expect(moves(said)).toEqual([[11, 'busy']]);
    expect(moves([...said].reverse())).toEqual([[11, 'busy']]);
    expect(moves(said.slice(0, 2))).toEqual([[11, 'available']]);
  });

  it('belongs to the next order when one ends as the next begins', () => {
    const said = [does(2, 'busy', 30), does(1, 'available', 30)];
    expect(moves(said)).toEqual([[11, 'busy']]);
    expect(moves([...said].reverse())).toEqual([[11, 'busy']]);
  });

  it('is not occupied by an order that has ended', () => {
    expect(moves([does(1, 'busy', 0)], [1])).toEqual([]);
    expect(moves([does(1, 'busy', 30), does(1, 'available', 30)], [1])).toEqual([[11, 'available']]);
  });

  it('is found by its number at its own power center', () => {
    expect(moves([does(1, 'busy', 0, 2)])).toEqual([[12, 'busy']]);
    expect(moves([does(1, 'busy', 0, 3)])).toEqual([]);
    expect(moves([does(1, 'busy', 0, null)])).toEqual([]);
    expect(moves([{ ...does(1, 'busy', 0), charge_point_id: 2 }])).toEqual([]);
  });

  it('that is the only one may have no number, or need none', () => {
    const [first] = two as [Connector];
    expect(moves([does(1, 'busy', 0, null)], [], [first])).toEqual([[11, 'busy']]);
    expect(moves([does(1, 'busy', 0, 2)], [], [first])).toEqual([]);
    expect(moves([does(1, 'busy', 0, 2)], [], [{ ...first, number: null }])).toEqual([[11, 'busy']]);
  });
});

it('nothing has happened after now, whatever a charger’s clock says', () => {
  const now = Date.parse('2025-05-12T10:00:00Z');
  expect(momentOf('2099-01-01T00:00:00Z', now).getTime()).toBe(now);
  expect(momentOf('2025-05-12T09:00:00Z', now)).toEqual(new Date('2025-05-12T09:00:00Z'));
});
