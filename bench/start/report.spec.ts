import { pssOf } from './memory';
import { startReport } from './report';

describe('the report of starts', () => {
  it('compares seconds and memory with their goals', () => {
    const report = startReport([
      { name: 'first', seconds: 29.96, cpuSeconds: 40, memory: {} },
      { name: 'second', seconds: 6.2, cpuSeconds: 7.3, memory: { services: 300, gateway: 100.4 } },
      { name: 'separate', seconds: 5, cpuSeconds: 9, memory: { auth: 451 } },
    ]);
    expect(report.split('\n').slice(2)).toEqual([
      '| first | 30.0 ✓ | 40.0 | – | – |',
      '| second | 6.2 ✗ | 7.3 | 400 ✓ | services 300, gateway 100 |',
      '| separate | 5.0 ✓ | 9.0 | 451 ✗ | auth 451 |',
    ]);
  });

  it('reads how much memory a process has', () => {
    expect(pssOf(process.pid)).toBeGreaterThan(10);
    expect(() => pssOf(2 ** 22 + 1)).toThrow('ENOENT');
  });
});
