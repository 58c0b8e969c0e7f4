import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { installOcppClients } from '../../tools/ocpp-clients/install';
import { step } from '../../tools/stack/terminal';
import type { BenchStack } from '../stack/bench-stack';
import { drain } from './drain';
import { type Held, held, idle, storm } from './idle';
import { waits } from './owner';
import { Peer, type PeerName, PEERS } from './peers';
import { DatabaseCpu, type Meter } from './processes';
import { readings } from './readings';
import { type ChargersResults, chargersReport } from './report';
import { connectedIn, goneIn, seed } from './seed';
import { swarmOf } from './swarm';

/** Compiled into dist/bench/chargers. */
const CHECKOUT = resolve(__dirname, '../../..');
/** Connections of a storm a second: 10,000 within a minute. */
const STORM_RATE = 10_000 / 60;
/** Seconds after which stations has to know, and after which the benchmark stops waiting. */
export const KNOWN_WITHIN_S = 120;
const GUARD_S = 600;

export interface ChargersOptions {
  readonly sockets: number;
  /** Seconds of the measurements that are for a time. */
  readonly seconds: number;
}

/** What connections of chargers, and what chargers send, cost; beside two servers that store nothing, in the same run. */
export async function chargersBench(stack: BenchStack, options: ChargersOptions): Promise<string> {
  const packages = await step('Baselines', () => installOcppClients(CHECKOUT));
  const peers = {} as Record<PeerName, Held>;
  for (const name of PEERS) peers[name] = await peerHeld(name, packages, options.sockets);
  return chargersReport({ peers, ...(await ours(stack, options)) });
}

async function peerHeld(name: PeerName, packages: string, sockets: number): Promise<Held> {
  const peer = await Peer.start(name, packages);
  const swarm = swarmOf(Array.from({ length: sockets }, (_, n) => `BENCH_${n}`));
  try {
    return await held(name, peer, swarm, { pid: () => peer.pid });
  } finally {
    swarm.forEach((charger) => charger.terminate());
    await peer.stop();
  }
}

async function ours(stack: BenchStack, options: ChargersOptions): Promise<Omit<ChargersResults, 'peers'>> {
  const { sockets, seconds } = options;
  const owner = await waits(stack);
  const { server, swarm } = await seed(stack, sockets);
  const database = new DatabaseCpu(stack.serverProcesses.postgres ?? 0, 'cpo_chargers');
  const meter: Meter = {
    pid: () => stack.processes.chargers ?? 0,
    database,
    all: () => Object.values(stack.processes),
  };
  try {
    const own = await held('open-cpo', server, swarm, meter);
    const known = await step('Stations knows', () => secondsUntilKnown(stack, sockets));
    // A whole minute has every ping, and every writing of what was seen.
    const quiet = await idle(swarm, meter, Math.max(2, 12 * seconds));
    const read = await readings(stack, swarm, meter, 2 * seconds);
    const drained = await drain(stack, swarm);
    const again = await storm(server, swarm, meter, Math.max(1, sockets / STORM_RATE));
    return { own, known, quiet, read, drained, again, gone: await goneIn(stack), owner };
  } finally {
    database.stop();
    swarm.forEach((charger) => charger.terminate());
  }
}

async function secondsUntilKnown(stack: BenchStack, sockets: number): Promise<number> {
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  while ((await connectedIn(stack)) < sockets && seconds() < GUARD_S) await pause(500);
  return seconds();
}
