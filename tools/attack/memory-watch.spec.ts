import { Tally } from './report/tally';
import { MemoryWatch } from './memory-watch';
import type * as memory from './environment/memory';

const MIB = 1024 * 1024;
let now: memory.Memory;
jest.mock('./environment/memory', () => ({ settled: () => Promise.resolve(new Map([['gateway', now]])) }));

/** What is said of a process that held this much resident, and this much used, at each look. */
async function verdict(...looks: readonly [number, number][]) {
  const watch = new MemoryWatch('/nowhere', () => []);
  for (const [rss, used] of looks) {
    now = { rss: rss * MIB, heapUsed: (used - 10) * MIB, external: 10 * MIB };
    await watch.look();
  }
  const tally = new Tally();
  watch.conclude(tally, 0.1);
  return tally.checks[0];
}

describe('memory after collection', () => {
  it('holds while it stays what it was after the first part', async () => {
    expect(await verdict([200, 80], [230, 90], [215, 84])).toEqual({
      name: 'memory of gateway after collection',
      holds: true,
      result: '200 → 230 → 215 MiB (7.5 %); used 80 → 90 → 84 MiB (5.0 %)',
    });
  });

  it('holds when it is reached in the second part', async () => {
    expect(await verdict([160, 62], [183, 68], [184, 69])).toMatchObject({ holds: true });
  });

  it('is broken by what grows from part to part, resident or used', async () => {
    expect(await verdict([200, 80], [212, 80], [223, 80])).toMatchObject({ holds: false });
    expect(await verdict([200, 80], [200, 85], [200, 90])).toMatchObject({ holds: false });
  });
});
