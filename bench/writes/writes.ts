import { connect } from '@nats-io/transport-node';
import { HttpClient } from '../../tools/http/client';
import { say, step, StackError } from '../../tools/stack/terminal';
import { streamOf } from '../contestants/shared/events';
import { Connection } from '../measure/connection';
import { closedLoop, type Outcome } from '../measure/load';
import { percentile } from '../measure/statistics';
import type { Case } from '../reads/cases';
import { type Measured, middle, totalCpu } from '../reads/measured';
import { contestantTarget, platformTarget, type ReadsResults, type ReadsOptions } from '../reads/reads';
import { answerOf, cpuBy, type Target } from '../reads/target';
import type { BenchStack } from '../stack/bench-stack';
import { Contestant } from '../stack/contestant';
import { OWNER, tokenOf } from '../stack/people';
import { tokenKey } from '../stack/token-key';
import { writeCases } from './cases';
import { copiesOf, WRITERS } from './copies';
import { ORDER, type Place, SessionsSide } from './sessions';
import { type Flow, Settled } from './settled';

const SERVICES = ['auth', 'chargers', 'notifications', 'orders', 'payouts', 'stations', 'workforce'] as const;

interface Writer {
  readonly target: Target;
  readonly settled: Settled;
  readonly sessions: SessionsSide;
}

/** A case without a request is {@link ORDER}. */
type Write = Case | { readonly name: typeof ORDER; readonly places: readonly Place[] };

/**
 * Measures writes at the platform and at three baselines that keep as much: the row, its audit entry, its event and the answer to
 * its key in one transaction, and three projections in other databases. What follows from a write is in its CPU time.
 */
export async function writesBench(stack: BenchStack, options: ReadsOptions): Promise<ReadsResults> {
  // What a second gateway would hear is no part of a platform with one, and the worker would deliver to webhooks.
  await stack.stopProcesses((name) => name === 'plain-gateway' || name === 'worker');
  const token = await tokenOf(stack);
  const { places, ...about } = await subjects(stack, token);
  const cases: Write[] = [...writeCases(token, about), { name: ORDER, places }];
  const nats = await connect({ servers: stack.addresses.natsUrl });
  const contestants = await started(stack);
  const flows: Flow[] = [
    { databases: SERVICES.map((name) => stack.databaseUrl(name)), streams: ['FACTS', 'CHARGING'] },
    ...WRITERS.map((name) => {
      const copies = copiesOf(stack, name);
      return { databases: [copies.stations, copies.workforce, copies.orders], streams: [streamOf(copies)] };
    }),
  ];
  const targets = [
    platformTarget(stack, 'platform', stack.gatewayPort, 'plain-gateway'),
    ...contestants.map((contestant) => contestantTarget(contestant, stack)),
  ];
  const settled = await Promise.all(flows.map((flow) => Settled.of(nats, flow)));
  const sides = await Promise.all([
    SessionsSide.ofPlatform(stack),
    ...WRITERS.map((name) => SessionsSide.ofBaseline(nats, name, copiesOf(stack, name).notifications)),
  ]);
  try {
    const writers = targets.map((target, index) => {
      return { target, settled: settled[index] as Settled, sessions: sides[index] as SessionsSide };
    });
    await step('Comparing answers', () => checkAlike(writers, cases));
    return await rounds(writers, cases, options);
  } finally {
    await Promise.all(sides.map((one) => one.close()));
    await Promise.all([...settled.map((one) => one.close()), ...contestants.map((one) => one.stop())]);
    await nats.close();
  }
}

async function started(stack: BenchStack): Promise<Contestant[]> {
  const { userId, accountId, currency } = OWNER;
  const settings = {
    stationsUrl: stack.databaseUrl('stations'),
    ordersUrl: stack.databaseUrl('orders'),
    natsUrl: stack.addresses.natsUrl,
    publicUrl: `http://localhost:${stack.gatewayPort}`,
    tokenKey: await tokenKey(stack),
    people: { [userId]: { accountId, userId, currency, timeZone: 'Africa/Algiers' } },
  };
  const contestants: Contestant[] = [];
  for (const name of WRITERS) {
    contestants.push(await Contestant.start(name, { ...settings, copies: copiesOf(stack, name) }));
  }
  return contestants;
}

async function subjects(stack: BenchStack, token: string) {
  const client = new HttpClient(stack.url, token);
  const get = async <T>(path: string): Promise<T> => (await client.get(path)).json<T>() as T;
  const powerCenters = (await get<{ id: number }[]>('/api/charge-points')).map(({ id }) => id);
  const prices: number[] = [];
  const places: Place[] = [];
  for (const id of powerCenters) {
    const one = await get<{ token: string; connectors: { number: number | null }[] }>(`/api/charge-points/${id}`);
    places.push(...one.connectors.map(({ number }) => ({ token: one.token, connector: number })));
    const { results } = await get<{ results: { id: number }[] }>(`/api/charge-points/${id}/charge-point-prices`);
    prices.push(...results.map((price) => price.id));
  }
  return { powerCenters, prices, places };
}

/** @throws StackError when a baseline answers something of another form */
async function checkAlike(writers: readonly Writer[], cases: readonly Write[]): Promise<void> {
  for (const one of cases) {
    let expected: string | undefined;
    for (const writer of writers) {
      const { target } = writer;
      const form = formOf('places' in one ? await delivered(writer, one.places) : await written(target, one));
      expected ??= form;
      if (form !== expected)
        throw new StackError(`${target.name} answers "${one.name}" with ${form}, not ${expected}.`);
    }
  }
}

/** The names of what is answered, in order. */
function formOf(answer: object): string {
  const { results, data = results ?? answer } = answer as { results?: object; data?: object };
  return Object.keys(data).sort().join(', ');
}

/** What the webhook of a target is sent of a session that begins. */
async function delivered({ sessions, settled }: Writer, places: readonly Place[]): Promise<object> {
  await sessions.begin(places, 0, 1);
  await settled.wait();
  return sessions.lastDelivery();
}

/** @throws StackError for anything but success */
async function written(target: Target, one: Case): Promise<object> {
  const next = one.next?.();
  const connection = await Connection.open(target.port);
  try {
    const { status, body } = await (next ? connection.ask(next) : answerOf(target, one));
    if (status !== 200) throw new StackError(`${target.name} answers "${one.name}" with ${status}: ${body.toString()}`);
    return JSON.parse(body.toString()) as object;
  } finally {
    connection.close();
  }
}

async function rounds(
  writers: readonly Writer[],
  cases: readonly Write[],
  options: ReadsOptions,
): Promise<ReadsResults> {
  const all = new Map(cases.map(({ name }) => [name, new Map<string, Measured[]>()]));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const one of cases) {
      for (const writer of writers) {
        const measured = await measure(writer, one, options);
        const { name } = writer.target;
        const by = all.get(one.name);
        by?.set(name, [...(by.get(name) ?? []), measured]);
        const { perSecond, p99, failed } = measured;
        const slowest = Number.isNaN(p99) ? '' : `, p99 ${p99.toFixed(1)} ms`;
        const results = `${perSecond.toFixed(0)}/s${slowest}`;
        const cpu = `${totalCpu(measured).toFixed(2)} ms of CPU each`;
        say(`  ${round}. ${one.name} at ${name}: ${results}, ${cpu}${failed > 0 ? `, ${failed} failed` : ''}`);
      }
    }
  }
  return new Map(
    [...all].map(([name, by]) => [name, new Map([...by].map(([target, list]) => [target, middle(list)]))]),
  );
}

/** One round of one case at one target, to the last event that it has led to. */
async function measure(writer: Writer, one: Write, options: ReadsOptions): Promise<Measured> {
  const { target } = writer;
  const run = (milliseconds: number): Promise<Outcome> =>
    'places' in one
      ? begun(writer, one.places, milliseconds, options.connections)
      : requested(writer, one, milliseconds, options.connections);
  await run(options.warmUp);
  const before = cpuBy(target);
  const closed = await run(options.closed);
  const after = cpuBy(target);
  const cpu = Object.entries(after).map(([part, used]) => [part, (used - (before[part] ?? 0)) / closed.answered]);
  return {
    perSecond: closed.answered / closed.seconds,
    p50: percentile(closed.latencies, 0.5),
    p99: percentile(closed.latencies, 0.99),
    cpu: Object.fromEntries(cpu) as Record<string, number>,
    halfP50: Number.NaN,
    halfP99: Number.NaN,
    failed: closed.failed,
  };
}

/** Requests in a closed loop. Connections are opened for each: servers close those that are idle for as long as effects may take. */
async function requested(
  { target, settled }: Writer,
  one: Case,
  milliseconds: number,
  count: number,
): Promise<Outcome> {
  const load = { next: one.next ?? ((): Buffer => Buffer.alloc(0)), expected: 200 };
  const connections = await Promise.all(Array.from({ length: count }, () => Connection.open(target.port)));
  const ran = await closedLoop(connections, load, milliseconds);
  connections.forEach((connection) => connection.close());
  await settled.wait();
  return ran;
}

/** Sessions begin; the time is that until the last delivery is stored. A single one has no answer whose time could be taken. */
async function begun(
  { sessions, settled }: Writer,
  places: readonly Place[],
  milliseconds: number,
  connections: number,
): Promise<Outcome> {
  const before = await sessions.deliveries();
  const started = performance.now();
  const count = await sessions.begin(places, milliseconds, connections);
  await settled.wait();
  const seconds = (performance.now() - started) / 1000;
  const answered = (await sessions.deliveries()) - before;
  return { answered, failed: count - answered, seconds, latencies: [] };
}
