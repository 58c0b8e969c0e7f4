import { setTimeout as pause } from 'node:timers/promises';
import { concurrently } from '../../tools/stack/concurrently';
import { step } from '../../tools/stack/terminal';
import { residentMb } from '../exports/memory';
import { percentile } from '../measure/statistics';
import { type Cost, costOf, type Meter } from './processes';
import { type Server, spreadOver, type SwarmCharger } from './swarm';

/** Chargers that connect, or send, at once in a closed loop. */
const AT_ONCE = 64;
/** Milliseconds until a process that has nothing to do has collected what it left. */
const SETTLE_MS = 20_000;
/** Chargers that connect before, so that code is compiled. */
const WARM_UP = 200;
const HEARTBEATS = 3;
/** Seconds between the heartbeats of a charger. */
const INTERVAL_S = 300;

/** What connections cost a server. */
export interface Held {
  readonly sockets: number;
  /** MB before the first connection, and with all of them. */
  readonly base: number;
  readonly resident: number;
  /** Of connection, boot and two statuses, each once for all sockets. */
  readonly connecting: Cost;
  /** Of so many heartbeats. */
  readonly heartbeats: Cost & { readonly count: number };
}

/** Connects all, and has them send heartbeats. */
export async function held(name: string, server: Server, swarm: readonly SwarmCharger[], meter: Meter): Promise<Held> {
  await warmUp(server, swarm.slice(0, WARM_UP));
  const base = residentMb(meter.pid());
  const connecting = await step(`${name}: ${swarm.length} connections`, () =>
    costOf(meter, () =>
      concurrently(AT_ONCE, swarm, async (charger) => {
        await charger.connectAgain(server);
        await charger.boot();
      }),
    ),
  );
  await pause(Math.min(SETTLE_MS, 10 * swarm.length));
  const resident = residentMb(meter.pid());
  const heartbeats = await step(`${name}: heartbeats`, () => beating(swarm, meter));
  return { sockets: swarm.length, base, resident, connecting, heartbeats };
}

async function warmUp(server: Server, some: readonly SwarmCharger[]): Promise<void> {
  await concurrently(AT_ONCE, some, async (charger) => {
    await charger.connectAgain(server);
    await charger.boot();
    charger.terminate();
  });
  await pause(1000);
}

async function beating(swarm: readonly SwarmCharger[], meter: Meter): Promise<Held['heartbeats']> {
  const all = Array.from({ length: HEARTBEATS }, () => swarm).flat();
  const cost = await costOf(meter, async () => {
    await concurrently(AT_ONCE, all, async (charger) => void (await charger.call('Heartbeat')));
    // What is written after the answer belongs to it.
    await pause(1000);
  });
  return { ...cost, count: all.length };
}

/** What a server does with nothing but the usual heartbeats, for so many seconds. */
export const idle = (swarm: readonly SwarmCharger[], meter: Meter, seconds: number): Promise<Cost> =>
  step(`Idle for ${seconds} s`, () => {
    const beats = swarm.slice(0, Math.round((swarm.length * seconds) / INTERVAL_S));
    return costOf(meter, async () => {
      const sent = spreadOver(beats, seconds * 1000, async (charger) => void (await charger.call('Heartbeat')));
      await Promise.all([sent, pause(seconds * 1000)]);
    });
  });

/** A storm of reconnections. */
export interface Storm {
  readonly sockets: number;
  readonly seconds: number;
  /** Attempts that got a 503; each was repeated. */
  readonly refused: number;
  readonly lost: number;
  /** Milliseconds from the attempt to the boot answer. */
  readonly p50: number;
  readonly p99: number;
  readonly cost: Cost;
}

/** All connect again at random moments of so many seconds. */
export async function storm(
  server: Server,
  swarm: readonly SwarmCharger[],
  meter: Meter,
  seconds: number,
): Promise<Storm> {
  const latencies: number[] = [];
  let [refused, lost] = [0, 0];
  const one = async (charger: SwarmCharger): Promise<void> => {
    const begun = performance.now();
    try {
      await charger.connectAgain(server, () => (refused += 1));
      latencies.push((await charger.boot()) - begun);
    } catch {
      lost += 1;
    }
  };
  const cost = await step(`${swarm.length} reconnect within ${seconds} s`, () =>
    costOf(meter, () => spreadOver(swarm, seconds * 1000, one)),
  );
  const sockets = swarm.length;
  return { sockets, seconds, refused, lost, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), cost };
}
