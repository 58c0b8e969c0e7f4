import { HttpClient } from '../../tools/http/client';
import { say, StackError, step } from '../../tools/stack/terminal';
import { Connection } from '../measure/connection';
import type { BenchStack } from '../stack/bench-stack';
import { Contestant, type ContestantName, CONTESTANTS } from '../stack/contestant';
import { loadOrders, OWNER, tokenOf } from '../stack/people';
import { tokenKey } from '../stack/token-key';
import { type Case, casesFor, OWN_DATA, ownData } from './cases';
import { type Effort, measure, type Measured, middle, totalCpu } from './measured';
import { checkSame } from './same';
import type { Target } from './target';

export interface ReadsOptions extends Effort {
  readonly rounds: number;
  readonly connections: number;
  readonly orders: number;
  /** Part of the names of the cases that are measured; empty for all. */
  readonly only: string;
}

/** By case, then by target. */
export type ReadsResults = ReadonlyMap<string, ReadonlyMap<string, Measured>>;
/** The same with every round. */
export type RoundsFigures = ReadonlyMap<string, ReadonlyMap<string, readonly Measured[]>>;

const PLATFORM = 'platform';
const NAMES = Object.keys(CONTESTANTS) as ContestantName[];

/** What is measured, once all of it runs and answers the same. */
interface Ready {
  readonly token: string;
  readonly cases: readonly Case[];
  readonly platform: Target;
  /** The platform with its response cache. */
  readonly remembering: Target;
  readonly baselines: readonly Target[];
  readonly measured: typeof rounds;
}

/** Measures the platform and the four baselines, turn by turn: what disturbs one round disturbs all. */
export function readsBench(stack: BenchStack, options: ReadsOptions): Promise<ReadsResults> {
  return readsAt(stack, options, NAMES, async ({ token, cases, platform, remembering, baselines, measured }) => {
    const reads = await measured([platform, remembering, ...baselines], cases, options);
    const own = OWN_DATA.includes(options.only) ? [ownData(token)] : [];
    return middles(new Map([...reads, ...(await measured([platform], own, options))]));
  });
}

/** Runs `work` with the platform and these baselines. @throws StackError when one answers something else */
export async function readsAt<T>(
  stack: BenchStack,
  options: ReadsOptions,
  names: readonly ContestantName[],
  work: (ready: Ready) => Promise<T>,
): Promise<T> {
  await step(`Loading ${options.orders} orders`, () => loadOrders(stack, options.orders));
  const token = await tokenOf(stack);
  const all = casesFor(token, await firstPowerCenter(stack, token));
  const cases = all.filter(({ name }) => name.includes(options.only));
  if (cases.length === 0 && !OWN_DATA.includes(options.only)) throw new StackError(`No read is "${options.only}".`);
  const settings = {
    stationsUrl: stack.databaseUrl('stations'),
    ordersUrl: stack.databaseUrl('orders'),
    natsUrl: stack.addresses.natsUrl,
    publicUrl: `http://localhost:${stack.gatewayPort}`,
    tokenKey: await tokenKey(stack),
    people: {
      [OWNER.userId]: {
        accountId: OWNER.accountId,
        userId: OWNER.userId,
        currency: OWNER.currency,
        timeZone: 'Africa/Algiers',
      },
    },
  };
  const contestants: Contestant[] = [];
  try {
    for (const name of names) contestants.push(await Contestant.start(name, settings));
    const platform = platformTarget(stack, PLATFORM, stack.plainGatewayPort, 'gateway');
    const remembering = platformTarget(stack, 'remembered', stack.gatewayPort, 'plain-gateway');
    const baselines = contestants.map((contestant) => contestantTarget(contestant, stack));
    await step('Comparing answers', () => checkSame(platform, [remembering, ...baselines], cases));
    return await work({ token, cases, platform, remembering, baselines, measured: rounds });
  } finally {
    await Promise.all(contestants.map((contestant) => contestant.stop()));
  }
}

/** Any power center of the owner. */
export async function firstPowerCenter(stack: BenchStack, token: string): Promise<number> {
  const response = await new HttpClient(stack.url, token).get('/api/charge-points');
  return response.json<{ id: number }[]>()?.[0]?.id ?? 0;
}

/** The processes of the platform but the gateway that is not asked. */
export const platformTarget = (stack: BenchStack, name: string, port: number, other: string): Target => ({
  name,
  port,
  processes: () => {
    const all = Object.entries(stack.processes).filter(([part]) => part !== other);
    return Object.fromEntries(all.map(([part, pid]) => [part === 'plain-gateway' ? 'gateway' : part, [pid]]));
  },
});

/** A baseline with the servers that it uses. */
export const contestantTarget = (contestant: Contestant, stack: BenchStack): Target => ({
  name: contestant.name,
  port: contestant.port,
  processes: () => ({
    [contestant.name]: contestant.pids,
    ...Object.fromEntries(Object.entries(stack.serverProcesses).map(([name, pid]) => [name, [pid]])),
  }),
});

async function rounds(
  targets: readonly Target[],
  cases: readonly Case[],
  options: ReadsOptions,
): Promise<RoundsFigures> {
  const all = new Map(
    cases.map(({ name }) => [name, new Map(targets.map((target) => [target.name, [] as Measured[]]))]),
  );
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const one of cases) {
      for (const target of targets) {
        const connections = await Promise.all(
          Array.from({ length: options.connections }, () => Connection.open(target.port)),
        );
        const measured = await measure(target, one, connections, options);
        connections.forEach((connection) => connection.close());
        all.get(one.name)?.get(target.name)?.push(measured);
        say(line(round, one, target, measured));
      }
    }
  }
  return all;
}

/** The middle of the rounds. */
export const middles = (rounds: RoundsFigures): ReadsResults =>
  new Map([...rounds].map(([name, by]) => [name, new Map([...by].map(([target, list]) => [target, middle(list)]))]));

function line(round: number, { name }: Case, target: Target, measured: Measured): string {
  const { perSecond, p99, halfP99, failed } = measured;
  const half = Number.isNaN(halfP99) ? '' : ` (half load ${halfP99.toFixed(1)} ms)`;
  const results = `${perSecond.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms${half}`;
  const cpu = `${totalCpu(measured).toFixed(3)} ms CPU each`;
  return `  ${round}. ${name.padEnd(18)} ${target.name.padEnd(14)} ${results}, ${cpu}${failed ? `, ${failed} failed` : ''}`;
}
