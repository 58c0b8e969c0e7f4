import type { Tally } from './report/tally';
import type { RunningProcess } from '../stack/start/test-environment';
import { type Memory, settled } from './environment/memory';

const MIB = 1024 * 1024;

/**
 * Looks at the memory of every process after equal parts of the attack. What is made once (compiled code, caches up to
 * their bounds, connections) is made in the first part; what grows from there on and is still held after collection has
 * been forgotten by somebody.
 */
export class MemoryWatch {
  private readonly looks: Map<string, Memory>[] = [];

  constructor(
    private readonly folder: string,
    private readonly processes: () => readonly RunningProcess[],
  ) {}

  async look(): Promise<void> {
    this.looks.push(await settled(this.folder, this.processes()));
  }

  /** Reports each process: broken is one that has grown by more than a part since the first look, and in each part. */
  conclude(tally: Tally, tolerance: number): void {
    const [first] = this.looks;
    for (const name of first?.keys() ?? []) {
      const all = this.looks.map((look) => look.get(name)).filter((memory) => memory !== undefined);
      const resident = all.map(({ rss }) => rss);
      const used = all.map(({ heapUsed, external }) => heapUsed + external);
      const holds = leak(resident) <= tolerance && leak(used) <= USED;
      tally.checked(`memory of ${name} after collection`, holds, `${figures(resident)}; used ${figures(used)}`);
    }
  }
}

/** Growth of what is used that is no leak. */
const USED = 0.1;

/**
 * Growth that goes on: of equal parts of an attack each leaks the same, while a cache or a pool that fills up later than
 * in the first part grows in one of them.
 */
function leak(all: readonly number[]): number {
  const steps = all.slice(1).map((bytes, index) => bytes - (all[index] ?? NaN));
  return (Math.min(...steps) * steps.length) / (all[0] ?? NaN);
}

const growth = (all: readonly number[]): number => (all.at(-1) ?? NaN) / (all[0] ?? NaN) - 1;

const figures = (all: readonly number[]): string =>
  `${all.map((bytes) => (bytes / MIB).toFixed(0)).join(' → ')} MiB (${(growth(all) * 100).toFixed(1)} %)`;
