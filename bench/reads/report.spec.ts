import { type Measured, middle, totalCpu } from './measured';
import { gatewayShare, report } from './report';
import { difference } from './same';

const measured = (cpu: Record<string, number>, more: Partial<Measured> = {}): Measured => ({
  perSecond: 1000,
  p50: 1,
  p99: 10,
  halfP50: 1,
  halfP99: 5,
  failed: 0,
  cpu,
  ...more,
});

describe('rounds', () => {
  it('come down to their middle, figure by figure', () => {
    const rounds = [3, 1, 2].map((value) =>
      measured({ a: value, b: 1 }, { perSecond: value, p99: 4 - value, failed: 1 }),
    );
    const found = middle(rounds);
    expect(found).toMatchObject({ perSecond: 2, p99: 2, cpu: { a: 2, b: 1 }, failed: 3 });
    expect(totalCpu(found)).toBe(3);
  });
});

describe('the report', () => {
  const results = new Map([
    [
      'a read',
      new Map([
        ['platform', measured({ gateway: 0.3, stations: 0.7 }, { halfP99: 8 })],
        ['remembered', measured({ gateway: 0.1 })],
        ['lean', measured({ lean: 0.8 }, { halfP99: 5 })],
        ['bare', measured({ bare: 0.2 })],
        ['monolith', measured({ monolith: 1.5 })],
        ['microservices', measured({ microservices: 1.9 })],
      ]),
    ],
  ]);

  it('says which goals are met, and by how much', () => {
    const [, , row] = report(results).split('\n');
    expect(row).toContain('| a read | 0.80 ✓ | 0.20 ✗ | 1.50 ✓ | 1.90 ✗ | 0.30 ✓ | 1.60 ✗ | 2.00 ✓ |');
    expect(gatewayShare(measured({ gateway: 1, stations: 3 }))).toBe(0.25);
  });

  it('compares nothing that only the platform does, but with its own goal', () => {
    const alone = new Map([...results, ['own data', new Map([['platform', measured({ auth: 2.5 })]])] as const]);
    const [compared = '', own = '', shown = ''] = report(alone).split('\n\n');
    expect(compared).not.toContain('own data');
    expect(own).toContain('(≤ 2): 2.50 ✗');
    expect(shown).toContain('| own data | platform | 1000 |');
  });

  it('shows every figure, and whose CPU it was', () => {
    expect(report(results)).toContain(
      '| a read | platform | 1000 | 1.0 | 10.0 | 1.0 | 8.0 | 1.00 | gateway 0.30, stations 0.70 |',
    );
  });
});

describe('answers that part', () => {
  it.each([
    [{ a: 1 }, { a: 2 }, '$.a: 1 and 2'],
    [{ a: [{ b: 'x' }] }, { a: [{ b: 'y' }] }, '$.a.0.b: "x" and "y"'],
    [{ a: 1 }, {}, '$.a: 1 and undefined'],
    [[1], [1, 2], '$.1: undefined and 2'],
  ])('%j and %j', (a, b, text) => {
    expect(difference(a, b)).toBe(text);
  });
});
