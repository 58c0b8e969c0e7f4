import { setTimeout as pause } from 'node:timers/promises';
import { chargerConnected, chargerDisconnected, connectorStatus, type DomainEvent } from '@open-cpo/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import type { PowerCenter } from '../../tools/demo/api';
import type { Publisher } from '../../tools/demo/publisher';
import { say, StackError } from '../../tools/stack/terminal';
import { cpuOf } from '../../tools/stack/cpu';
import type { BenchStack } from '../stack/bench-stack';

/** Milliseconds of CPU for one event, of all processes with PostgreSQL and NATS, at most. */
export const MOST = 4;
/** Milliseconds to wait for the last effect. */
const GUARD_MS = 300_000;
/** Who hears of it, and of what follows from it. */
const CONSUMERS = [
  ['CHARGING', 'stations-chargers'],
  ['CHARGING', 'stations-connector-status'],
  ['FACTS', 'orders-charge-points'],
  ['FACTS', 'notifications-power-centers'],
] as const;

export interface StateFigure {
  readonly name: string;
  readonly events: number;
  readonly cpuEach: number;
}

interface Kind {
  readonly name: string;
  /** What is published of a power center in a round. */
  readonly of: (one: PowerCenter, round: number) => { domainEvent: DomainEvent<unknown>; payload: object };
}

const KINDS: readonly Kind[] = [
  {
    name: 'charger came or went',
    of: (_, round) => ({ domainEvent: round % 2 ? chargerConnected : chargerDisconnected, payload: {} }),
  },
  { name: 'connector has another status', of: (one, round) => statusOf(one, round % 2 ? 'available' : 'unavailable') },
  { name: 'connector, nothing new', of: (one) => statusOf(one, 'available') },
];

const statusOf = ({ connectors: [first] }: PowerCenter, status: string) => ({
  domainEvent: connectorStatus,
  payload: { connector_number: first?.number ?? 1, status },
});

/** Tells of chargers and connectors, each power center once a round, and counts what all that follows has cost. */
export async function statesBench(
  stack: BenchStack,
  publisher: Publisher,
  powerCenters: readonly PowerCenter[],
  count: number,
): Promise<StateFigure[]> {
  const mounted = powerCenters.filter(({ connectors }) => connectors.length > 0);
  const nats = await connect({ servers: stack.addresses.natsUrl });
  const database = new Client({ connectionString: stack.databaseUrl('stations') });
  await database.connect();
  const results: StateFigure[] = [];
  try {
    for (const [index, kind] of KINDS.entries()) {
      await quiet(nats, database);
      const before = cpuOf(Object.values(stack.processes));
      const events = await publish(publisher, mounted, kind, { count, name: `states-${index}` });
      await quiet(nats, database);
      const cpuEach = (cpuOf(Object.values(stack.processes)) - before) / events;
      say(`  ${kind.name}: ${events} events, ${cpuEach.toFixed(2)} ms of CPU each`);
      results.push({ name: kind.name, events, cpuEach });
    }
  } finally {
    await Promise.all([nats.close(), database.end()]);
  }
  return results;
}

async function publish(
  publisher: Publisher,
  powerCenters: readonly PowerCenter[],
  kind: Kind,
  { count, name }: { count: number; name: string },
): Promise<number> {
  let published = 0;
  for (let round = 0; published < count; round += 1) {
    const at = new Date();
    const events = powerCenters.map((one) => {
      const { domainEvent, payload } = kind.of(one, round);
      const body = { version: 1, token: one.token, time: at.toISOString(), ...payload };
      return { id: `${name}-${round}-${one.id}-${at.getTime()}`, domainEvent, payload: body, at };
    });
    await Promise.all(events.map((event) => publisher.publish(event)));
    published += events.length;
  }
  return published;
}

/** Waits until everybody has heard everything, and nothing is on its way. */
async function quiet(nats: NatsConnection, database: Client): Promise<void> {
  const { consumers } = await jetstreamManager(nats);
  const unsent = `select 1 from outbox where kind = 'fact' and sent_at is null limit 1`;
  for (const end = Date.now() + GUARD_MS; Date.now() < end; await pause(50)) {
    const waiting = await Promise.all(
      CONSUMERS.map(async ([stream, as]) => {
        const { num_pending, num_ack_pending } = await consumers.info(stream, as);
        return num_pending + num_ack_pending;
      }),
    );
    const { rows } = await database.query(unsent);
    if (rows.length === 0 && waiting.every((one) => one === 0)) return;
  }
  throw new StackError('Not everything was heard in time.');
}

export function statesReport(results: readonly StateFigure[]): string {
  const rows = results.map(({ name, events, cpuEach }) => {
    return `| ${name} | ${events} | ${cpuEach.toFixed(2)} ${cpuEach <= MOST ? '✓' : '✗'} |`;
  });
  return [`| What is published | Events | CPU ms each (≤ ${MOST}) |`, '| --- | --- | --- |', ...rows].join('\n');
}
