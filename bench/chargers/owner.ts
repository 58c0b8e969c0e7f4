import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Api } from '../../tools/demo/api';
import { concurrently } from '../../tools/stack/concurrently';
import { StackError, step } from '../../tools/stack/terminal';
import type { BenchStack } from '../stack/bench-stack';
import { SwarmCharger } from './swarm';

const REPLICAS = ['chargers-2', 'chargers-3'];
/** A charger gets no command within the first second of a connection. */
const SETTLE_MS = 1500;
/** Commands to each charger, and those before that warm up. */
const COMMANDS = 12;
const WARM_UP = 2;
const AWAY = 100;
const SESSIONS = 3;
/** A card of the demo's first worker. */
const CARD = '04A1B2C3';
const HALF_AN_HOUR_MS = 30 * 60_000;
/** Milliseconds to wait for an order, and between two looks. */
const GUARD_MS = 120_000;
const LOOK_MS = 10;

/** What owners and drivers wait for, in milliseconds. */
export interface Waits {
  /** From the HTTP request for a command to its frame at the charger, over three replicas. */
  readonly frames: number[];
  /** Of the answer to a command for a charger that is not connected. */
  readonly away: number[];
  /** From the card to the open order, and from the end to the priced one. */
  readonly opened: number[];
  readonly priced: number[];
}

interface Owned {
  readonly id: number;
  readonly charger: SwarmCharger;
  readonly password: string;
}

/** Commands and sessions at power centers of the demo, with chargers spread over three replicas. */
export async function waits(stack: BenchStack): Promise<Waits> {
  const api = await Api.login(stack.url);
  const owned = await step('Chargers of the owner', () => created(api));
  const ports = await step('Two more replicas', () => replicas(stack));
  const away = await awayOf(api, owned[0]);
  await Promise.all(
    owned.map(async ({ charger, password }, index) => {
      await charger.connectAgain({ port: ports[index % ports.length] ?? 0, password });
      await charger.boot();
    }),
  );
  await pause(SETTLE_MS);
  const frames = await step('Commands', () => framesOf(api, owned));
  const sessions = await step('Sessions', () => sessionsOf(stack, owned));
  owned.forEach(({ charger }) => charger.terminate());
  await stack.stopProcesses((name) => REPLICAS.includes(name));
  return { frames, away, ...sessions };
}

async function created(api: Api): Promise<Owned[]> {
  const owned: Owned[] = [];
  for (const { id, configured } of await api.powerCenters()) {
    if (configured !== 1) continue;
    const response = await api.post('/api/chargers', { charge_point_id: id });
    const made = response.json<{ results?: { id: number; identity: string; credential: { password: string } } }>()
      ?.results;
    if (!made) throw new StackError(`No charger could be made: ${response.status} ${response.text}`);
    const charger = new SwarmCharger(owned.length, made.identity);
    owned.push({ id: made.id, charger, password: made.credential.password });
  }
  return owned;
}

async function replicas(stack: BenchStack): Promise<number[]> {
  for (const name of REPLICAS) await stack.addReplica('chargers', name);
  return ['chargers', ...REPLICAS].map((name) => stack.portOf(name));
}

/** Milliseconds of each answer. */
async function awayOf(api: Api, one: Owned | undefined): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < AWAY && one; n += 1) {
    const begun = performance.now();
    const response = await api.post(`/api/chargers/${one.id}/commands`, { type: 'trigger', message: 'Heartbeat' });
    const { results } = response.json<{ results?: { state?: string } }>() ?? {};
    if (results?.state !== 'not_connected') throw new StackError(`A command without a connection is ${response.text}.`);
    if (n >= WARM_UP) times.push(performance.now() - begun);
  }
  return times;
}

async function framesOf(api: Api, owned: readonly Owned[]): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < COMMANDS; round += 1) {
    await concurrently(2, owned, async ({ id, charger }) => {
      const begun = performance.now();
      const frame = new Promise<number>((resolve) => (charger.called = () => resolve(performance.now())));
      const { status, text } = await api.post(`/api/chargers/${id}/commands`, {
        type: 'trigger',
        message: 'Heartbeat',
      });
      if (status !== 200) throw new StackError(`A command was refused: ${status} ${text}`);
      const at = await frame;
      if (round >= WARM_UP) times.push(at - begun);
    });
  }
  return times;
}

async function sessionsOf(stack: BenchStack, owned: readonly Owned[]): Promise<Pick<Waits, 'opened' | 'priced'>> {
  const database = new Client({ connectionString: stack.databaseUrl('orders') });
  await database.connect();
  const [opened, priced]: [number[], number[]] = [[], []];
  const until = async (session: string, status: number): Promise<number> => {
    const text = 'select 1 from orders where session_id = $1 and status = $2';
    for (const end = performance.now() + GUARD_MS; performance.now() < end; await pause(LOOK_MS)) {
      const { rows } = await database.query({ name: 'order', text, values: [session, status] });
      if (rows.length > 0) return performance.now();
    }
    throw new StackError(`Session ${session} has no order with status ${status}.`);
  };
  const one = async ({ id, charger }: Owned): Promise<void> => {
    const shown = performance.now();
    await charger.call('Authorize', { idTag: CARD });
    const timestamp = new Date(Date.now() - HALF_AN_HOUR_MS).toISOString();
    const begin = { connectorId: 1, idTag: CARD, meterStart: 1000, timestamp };
    const { transactionId } = await charger.call('StartTransaction', begin);
    const session = `ocpp.${id}.${String(transactionId)}`;
    opened.push((await until(session, 0)) - shown);
    const ended = performance.now();
    const end = { transactionId, idTag: CARD, meterStop: 4000, timestamp: new Date().toISOString() };
    await charger.call('StopTransaction', end);
    priced.push((await until(session, 1)) - ended);
  };
  try {
    for (let round = 0; round < SESSIONS; round += 1) await concurrently(2, owned, one);
  } finally {
    await database.end();
  }
  return { opened, priced };
}
