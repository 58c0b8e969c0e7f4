import { step } from '../../tools/stack/terminal';
import type { BenchStack } from '../stack/bench-stack';
import type { SwarmCharger } from './swarm';

/** How connections ended when the service was stopped. */
export interface Drain {
  readonly sockets: number;
  /** Closed with 1001. */
  readonly clean: number;
  /** Seconds from the first to the last, and the most within one tenth of them. */
  readonly seconds: number;
  readonly most: number;
}

/** Stops the service as an upgrade does, and starts it again. */
export async function drain(stack: BenchStack, swarm: readonly SwarmCharger[]): Promise<Drain> {
  const open = swarm.filter(({ isOpen }) => isOpen);
  await step('The service stops', () => stack.stopProcesses((name) => name === 'chargers'));
  const ends = open.flatMap(({ closed }) => (closed ? [closed] : []));
  const times = ends.map(({ at }) => at).sort((a, b) => a - b);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const tenth = Math.max(1, (last - first) / 10);
  const counts = new Map<number, number>();
  for (const at of times) {
    const slot = Math.min(9, Math.floor((at - first) / tenth));
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  }
  await step('The service starts', () => stack.addReplica('chargers', 'chargers'));
  return {
    sockets: open.length,
    clean: ends.filter(({ code }) => code === 1001).length,
    seconds: (last - first) / 1000,
    most: Math.max(0, ...counts.values()),
  };
}
