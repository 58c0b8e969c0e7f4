import type { Measured } from '../reads/measured';
import { writesReport } from './report';

const measured = (cpu: Record<string, number>, p50 = 1, p99 = 10): Measured => ({
  perSecond: 100,
  p50,
  p99,
  halfP50: Number.NaN,
  halfP99: Number.NaN,
  failed: 0,
  cpu,
});
const by = (platform: number) =>
  new Map([
    ['platform', measured({ gateway: 1, stations: platform - 1 })],
    ['bare', measured({ bare: 2 })],
    ['lean', measured({ lean: 4 })],
    ['microservices', measured({ microservices: 9 })],
  ]);

describe('the report of writes', () => {
  const output = writesReport(
    new Map([
      ['create a power center', by(5)],
      ['create a worker', by(4)],
    ]),
  );

  it('says which goals are met, and by how much', () => {
    expect(output).toContain('| create a power center | 0.40 ✓ | 0.80 ✓ | 1.80 ✗ | 5.00 ✓ |');
    expect(output).toContain('| create a worker | 0.50 ✓ | 1.00 ✓ | 2.25 ✓ | 4.00 |');
  });

  it('shows every figure, and whose CPU it was', () => {
    expect(output).toContain('| create a worker | platform | 100 | 1.0 | 10.0 | 4.00 | gateway 1.00, stations 3.00 |');
  });

  it('leaves out the times of what has no answer', () => {
    const without = new Map([...by(4)].map(([name, { cpu }]) => [name, measured(cpu, Number.NaN, Number.NaN)]));
    expect(writesReport(new Map([['order with a webhook', without]]))).toContain(
      '| order with a webhook | bare | 100 | – | – | 2.00 | bare 2.00 |',
    );
  });
});
