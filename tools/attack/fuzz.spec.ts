import { spread } from './fuzz';

describe('operations', () => {
  it('are all tried, neighbours far from each other', () => {
    const all = Array.from({ length: 97 }, (_, n) => n);
    const order = spread(all);
    expect([...order].sort((a, b) => a - b)).toEqual(all);
    const nearest = Math.min(...order.slice(1).map((one, at) => Math.abs(one - (order[at] ?? 0))));
    expect(nearest).toBeGreaterThan(5);
  });
});
