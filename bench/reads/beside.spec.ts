import { besideReport, scheduling } from './beside';
import type { Measured } from './measured';

const measured = (part: string, cpu: number, runs = 2, waited = 0.1): Measured => ({
  runs,
  waited,
  perSecond: 1000,
  p50: 1,
  p99: 10,
  halfP50: Number.NaN,
  halfP99: Number.NaN,
  failed: 0,
  cpu: { [part]: cpu },
});

describe('the report of reads beside a second load', () => {
  const by = new Map([
    ['platform', [1, 1, 1].map((cpu) => measured('gateway', cpu))],
    ['lean', [0.95, 0.8, 1].map((cpu) => measured('lean', cpu))],
    ['bare', [0.35, 0.4, 0.36].map((cpu) => measured('bare', cpu))],
  ]);
  const [table = '', load, results] = besideReport(new Map([['a read', by]]), 0.97).split('\n\n');

  it('compares the median and the worst round with the goals', () => {
    expect(table.split('\n')[2]).toBe('| a read | 0.95 ✓ | 0.80 ✗ | 0.36 ✓ | 0.35 ✓ |');
  });

  it('shows the load, and every figure but those of the open loop', () => {
    expect(load).toBe('The second load used 0.97 of a core.');
    expect(results).toContain('| a read | lean | 1000 | 1.0 | 10.0 | – | – | 0.95 | lean 0.95 |');
  });

  it('shows how requests get to a core, without and with the load', () => {
    const alone = new Map([['a read', new Map([['bare', [measured('bare', 0.3, 1, 0.05)]]])]]);
    const beside = new Map([['a read', new Map([['bare', [measured('bare', 0.4, 0.5, 0.25)]]])]]);
    expect(scheduling(alone, beside).split('\n')[2]).toBe(
      '| a read | bare | 0.30 | 0.40 | 1.00 | 0.50 | 0.05 | 0.25 |',
    );
  });
});
