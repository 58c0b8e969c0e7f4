import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { cpuOf } from '../stack/cpu';
import { Api } from '../demo/api';
import { Publisher, type BrokerSettings } from '../demo/publisher';
import { type DemoSession, eventsOf } from '../demo/session';
import type { ProcessMark } from '../stack/processes';
import { step } from '../stack/terminal';
import { costsOf } from './costs';
import { type TableSize, tableSizes, unsentIn } from './tables';

/** A session of these minutes has so many readings between its begin and its end. */
const SHORT = { minutes: 15, readings: 0 };
const LONG = { minutes: 135, readings: 8 };
const STREAMS = ['CHARGING', 'FACTS'];
/** Looks without anything unsent after which all has had its effect. */
const QUIET_LOOKS = 5;
const LOOK_MS = 1000;

/** The platform that is measured. */
export interface Measured {
  readonly url: string;
  readonly adminUrl: string;
  /** As a charging back end, and as an operator. */
  readonly broker: BrokerSettings;
  readonly operator: BrokerSettings;
  /** Names and addresses of metrics. */
  readonly processes: readonly (readonly [string, string])[];
  /** Process of PostgreSQL, of NATS, and so on by their names. */
  readonly servers: Readonly<Record<string, ProcessMark>>;
}

/** What has been used and stored so far. */
interface Look {
  readonly cpuMs: ReadonlyMap<string, number>;
  readonly tables: readonly TableSize[];
  readonly messages: number;
  readonly bytes: number;
}

/** What one session without readings, and one reading, cost and store. */
export interface Footprint {
  readonly cpuMs: readonly (readonly [string, number, number])[];
  readonly rows: readonly (readonly [TableSize, number, number])[];
  readonly nats: readonly { readonly messages: number; readonly bytes: number }[];
}

/** Publishes sessions as charging back ends do, waits until all that follows has happened, and counts what it has cost. */
export async function footprintOf(measured: Measured, sessions: number): Promise<Footprint> {
  const api = await Api.login(measured.url);
  const tokens = (await api.powerCenters()).filter(({ configured }) => configured === 1).map(({ token }) => token);
  const publisher = await Publisher.open(measured.broker);
  const { natsUrl, user, password } = measured.operator;
  const nats = await connect({ servers: natsUrl, user, pass: password, inboxPrefix: `_INBOX_${user ?? 'operator'}` });
  try {
    const run = async (kind: typeof SHORT, name: string): Promise<Look> => {
      const events = Array.from({ length: sessions }, (_, index) => sessionOf(`${name}-${index}`, tokens, index, kind));
      await publisher.publishAll(events.flatMap(eventsOf).sort((a, b) => a.at.getTime() - b.at.getTime()));
      await settled(measured.adminUrl);
      return look(measured, nats);
    };
    const mark = `capacity-${Date.now()}`;
    await step('Sessions that warm up', () => run(LONG, `${mark}-0`));
    const before = await look(measured, nats);
    const short = await step(`${sessions} sessions without readings`, () => run(SHORT, `${mark}-1`));
    const long = await step(`${sessions} sessions with ${LONG.readings} readings`, () => run(LONG, `${mark}-2`));
    return compared(before, short, long, sessions);
  } finally {
    await Promise.all([publisher.close(), nats.close()]);
  }
}

function compared(before: Look, short: Look, long: Look, sessions: number): Footprint {
  const each = (of: (look: Look) => number): [number, number] => {
    const session = (of(short) - of(before)) / sessions;
    return [session, ((of(long) - of(short)) / sessions - session) / LONG.readings];
  };
  const rowsOf = (look: Look, { database, table }: TableSize): number =>
    look.tables.find((one) => one.database === database && one.table === table)?.rows ?? 0;
  const messages = each((look) => look.messages);
  const bytes = each((look) => look.bytes);
  return {
    cpuMs: [...long.cpuMs.keys()].map((name) => [name, ...each(({ cpuMs }) => cpuMs.get(name) ?? 0)]),
    rows: long.tables.map((size) => [size, ...each((look) => rowsOf(look, size))]),
    nats: messages.map((count, index) => ({ messages: count, bytes: bytes[index] ?? 0 })),
  };
}

const sessionOf = (id: string, tokens: readonly string[], index: number, { minutes }: typeof SHORT): DemoSession => ({
  id,
  token: tokens[index % tokens.length] ?? '',
  connector: null,
  driver: 1000 + index,
  rfid: null,
  begin: new Date(Date.now() - 86_400_000 + index * 1000),
  minutes,
  kilowatts: 11,
  requested: '120',
});

/** Waits until nothing is unsent, and has been for a while. */
async function settled(adminUrl: string): Promise<void> {
  for (let quiet = 0; quiet < QUIET_LOOKS; await pause(LOOK_MS)) {
    quiet = (await unsentIn(adminUrl)) === 0 ? quiet + 1 : 0;
  }
}

async function look({ adminUrl, processes, servers }: Measured, nats: NatsConnection): Promise<Look> {
  const apps = (await costsOf(processes)).map(({ app, cpu }): [string, number] => [app, cpu * 1000]);
  const others = Object.entries(servers).map(([name, { pid }]): [string, number] => [name, cpuOf([pid])]);
  const { streams } = await jetstreamManager(nats, { checkAPI: false });
  const states = await Promise.all(STREAMS.map(async (name) => (await streams.info(name)).state));
  return {
    cpuMs: new Map([...apps, ...others]),
    tables: await tableSizes(adminUrl),
    messages: states.reduce((sum, { last_seq }) => sum + last_seq, 0),
    bytes: states.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
