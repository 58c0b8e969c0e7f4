import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Api } from '../../tools/demo/api';
import { Publisher } from '../../tools/demo/publisher';
import { type DemoSession, eventsOf } from '../../tools/demo/session';
import { charging } from '../../tools/stack/apps';
import { brokerCredential } from '../../tools/stack/start/app-environment';
import { say, StackError } from '../../tools/stack/terminal';
import { median } from '../measure/statistics';
import type { BenchStack } from '../stack/bench-stack';
import { type StateFigure, statesBench, statesReport } from './states';

/** Readings of 15 minutes: with these minutes a session has eight of them between its start and its end. */
const MINUTES = 135;
const EVENTS_OF_ONE = 10;
/** Events a second from the back end's first word to the last priced order, at least. */
export const LEAST = 2000;
/** Milliseconds to wait for the last order. */
const GUARD_MS = 300_000;

export interface IngestResults {
  readonly sessions: number;
  /** Events a second, each round. */
  readonly rates: readonly number[];
  readonly states: readonly StateFigure[];
}

/** Tells of whole sessions as charging back ends do, and waits until each is a priced order. */
export async function ingestBench(stack: BenchStack, rounds: number, sessions: number): Promise<IngestResults> {
  const api = await Api.login(stack.url);
  const powerCenters = await api.powerCenters();
  const tokens = powerCenters.map(({ token }) => token);
  const { NATS_USER: user, NATS_PASSWORD: password } = brokerCredential(charging, stack.facts);
  const publisher = await Publisher.open({ natsUrl: stack.addresses.natsUrl, user, password });
  const database = new Client({ connectionString: stack.databaseUrl('orders') });
  await database.connect();
  const rates: number[] = [];
  let states: StateFigure[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const events = sessionsOf(round, sessions, tokens).flatMap(eventsOf);
      const begun = performance.now();
      await publisher.publishAll(events.sort((a, b) => a.at.getTime() - b.at.getTime()));
      await priced(database, round, sessions);
      const rate = events.length / ((performance.now() - begun) / 1000);
      rates.push(rate);
      say(`  ${round}. ${events.length} events of ${sessions} sessions: ${rate.toFixed(0)} a second`);
    }
    states = await statesBench(stack, publisher, powerCenters, sessions);
  } finally {
    await Promise.all([publisher.close(), database.end()]);
  }
  return { sessions, rates, states };
}

const nameOf = (round: number): string => `bench-${round}-`;

function sessionsOf(round: number, count: number, tokens: readonly string[]): DemoSession[] {
  const begin = new Date(Date.now() - 86_400_000);
  return Array.from({ length: count }, (_, index) => ({
    id: `${nameOf(round)}${index}`,
    token: tokens[index % tokens.length] ?? '',
    connector: null,
    driver: 1000 + index,
    rfid: null,
    begin: new Date(begin.getTime() + index * 1000),
    minutes: MINUTES,
    kilowatts: 11,
    requested: '120',
  }));
}

async function priced(database: Client, round: number, sessions: number): Promise<void> {
  const text = `select count(*)::int as done from orders where session_id like $1 and status = 1`;
  for (const end = Date.now() + GUARD_MS; Date.now() < end; await pause(50)) {
    const { rows } = await database.query<{ done: number }>(text, [`${nameOf(round)}%`]);
    if (rows[0]?.done === sessions) return;
  }
  throw new StackError('The orders were not priced in time.');
}

export function ingestReport({ sessions, rates, states }: IngestResults): string {
  const rate = median(rates);
  const verdict = rate >= LEAST ? '✓' : '✗';
  return [
    `| Sessions | Events each | Events a second (≥ ${LEAST}) |`,
    '| --- | --- | --- |',
    `| ${sessions} | ${EVENTS_OF_ONE} | ${rate.toFixed(0)} ${verdict} |`,
    '',
    statesReport(states),
  ].join('\n');
}
