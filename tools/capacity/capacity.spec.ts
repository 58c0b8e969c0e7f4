import { costIn, peaksOf } from './costs';
import { read, READS } from './reads';

describe('what capacity is reckoned from', () => {
  it('is the CPU time, the memory and all pools of a process', () => {
    const text = [
      '# HELP process_cpu_seconds_total Time.',
      'process_cpu_seconds_total 12.5',
      'process_cpu_user_seconds_total 10',
      'process_resident_memory_bytes 90000000',
      'open_cpo_database_connections_max{pool="reads"} 3',
      'open_cpo_database_connections_max{pool="streams"} 4',
    ].join('\n');
    expect(costIn('orders', text)).toEqual({ app: 'orders', cpu: 12.5, memory: 90_000_000, connections: 7 });
  });

  it('is the most memory that a process was seen with', () => {
    const look = (orders: number, auth: number) => [
      { app: 'orders', cpu: 0, memory: orders, connections: 0 },
      { app: 'auth', cpu: 0, memory: auth, connections: 0 },
    ];
    expect(peaksOf([look(50, 60), look(90, 40), look(70, 50)])).toEqual(
      new Map([
        ['orders', 90],
        ['auth', 60],
      ]),
    );
  });

  it('is nothing for what a process does not have', () => {
    expect(costIn('worker', '')).toEqual({ app: 'worker', cpu: 0, memory: 0, connections: 0 });
  });

  it('is read as often as it says, each time anew', async () => {
    const asked: string[] = [];
    const get = (path: string) => Promise.resolve({ status: 200, body: {}, asked: asked.push(path) });
    await read({ get }, READS[0]?.[1] ?? '', 100);
    expect(new Set(asked).size).toBe(100);
  });

  it('is not reckoned from refusals', async () => {
    await expect(read({ get: () => Promise.resolve({ status: 429, body: {} }) }, '/x', 10)).rejects.toThrow('429');
  });
});
