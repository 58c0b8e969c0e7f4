import { poissonPause } from './statistics';
import type { Connection } from './connection';

/** What a load consists of: the next request's bytes, and the status that answers it. */
export interface Load {
  readonly next: () => Buffer;
  readonly expected: number;
}

export interface Outcome {
  /** Answers as expected. */
  readonly answered: number;
  readonly failed: number;
  readonly seconds: number;
  /** Milliseconds of each answer. */
  readonly latencies: readonly number[];
}

/** Closed loop: each connection asks again as soon as it is answered. Shows the most that is carried. */
export async function closedLoop(
  connections: readonly Connection[],
  load: Load,
  milliseconds: number,
): Promise<Outcome> {
  const latencies: number[] = [];
  let failed = 0;
  const begun = performance.now();
  const end = begun + milliseconds;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < end) {
        const asked = performance.now();
        const { status } = await connection.ask(load.next());
        if (status === load.expected) latencies.push(performance.now() - asked);
        else failed += 1;
      }
    }),
  );
  return { answered: latencies.length, failed, seconds: (performance.now() - begun) / 1000, latencies };
}

/**
 * Open loop: requests arrive at random moments, whether or not earlier ones are answered, and each one's time counts
 * from when it was meant to be sent: a server that stalls does not hide what waited meanwhile.
 */
export async function openLoop(
  connections: readonly Connection[],
  load: Load,
  perSecond: number,
  milliseconds: number,
): Promise<Outcome> {
  const idle = [...connections];
  const queue: number[] = [];
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  let failed = 0;
  const serve = async (connection: Connection): Promise<void> => {
    for (let meant = queue.shift(); meant !== undefined; meant = queue.shift()) {
      const { status } = await connection.ask(load.next());
      if (status === load.expected) latencies.push(performance.now() - meant);
      else failed += 1;
    }
    idle.push(connection);
  };
  const begun = performance.now();
  for (
    let at = begun + poissonPause(1000 / perSecond);
    at < begun + milliseconds;
    at += poissonPause(1000 / perSecond)
  ) {
    await until(at);
    queue.push(at);
    const free = idle.pop();
    if (free) under.push(serve(free));
  }
  await Promise.all(under);
  return { answered: latencies.length, failed, seconds: milliseconds / 1000, latencies };
}

/**
 * Waits until a moment, or up to a millisecond longer, as far as timers go: what was due meanwhile is sent at once. To
 * wait turn by turn would be exact, and would take a whole core from the server.
 */
async function until(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}
