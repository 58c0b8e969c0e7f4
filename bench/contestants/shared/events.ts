import { AckPolicy, jetstream, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Pool } from 'pg';
import { type Copies, POOL } from './settings';
import * as sql from './write-sql';
import type { ToldPowerCenter } from './write-views';

/** Who keeps power centers. */
const KEEPERS = ['orders', 'notifications', 'chargers'] as const;
type Keeper = (typeof KEEPERS)[number];

export const streamOf = ({ stream }: Copies): string => `BENCH_${stream.toUpperCase()}`;

/** Subjects without the id that follows. */
export const ofPowerCenters = (stream: string): string => `bench.${stream}.power-centers`;
export const ofCards = (stream: string): string => `bench.${stream}.cards`;
export const ofSessions = (stream: string): string => `bench.${stream}.sessions`;
export const ofOrders = (stream: string): string => `bench.${stream}.orders`;

/** Durable consumers, and the subjects that each hears of. */
const CONSUMERS = {
  orders: [ofPowerCenters],
  notifications: [ofPowerCenters],
  // Who keeps lists of cards hears of workers as well.
  chargers: [ofPowerCenters, ofCards],
  sessions: [ofSessions],
  'order-webhooks': [ofOrders],
  'order-stations': [ofOrders],
} as const;
export type Consumer = keyof typeof CONSUMERS;

/** The stream of a contestant and its consumers. */
export async function makeStream(nats: NatsConnection, copies: Copies): Promise<void> {
  const manager = await jetstreamManager(nats);
  const name = streamOf(copies);
  await manager.streams.add({ name, subjects: [`bench.${copies.stream}.>`] });
  for (const [durable_name, subjects] of Object.entries(CONSUMERS)) {
    const filter_subjects = subjects.map((of) => `${of(copies.stream)}.>`);
    const wanted = { durable_name, filter_subjects, ack_policy: AckPolicy.Explicit, max_ack_pending: 2000 };
    await manager.consumers.add(name, wanted);
  }
}

interface Unsent {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly payload: string;
}

/** Publishes what transactions have left in the outbox, as many at once as there are. */
export class Outgoing {
  private readonly pools: readonly Pool[];
  private running = false;
  private again = false;

  constructor(
    private readonly nats: NatsConnection,
    { stations, workforce, orders }: Copies,
  ) {
    this.pools = [stations, workforce, orders].map((connectionString) => new Pool({ connectionString, max: 1 }));
  }

  poke(): void {
    this.again = true;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.again) {
      this.again = false;
      await Promise.all(this.pools.map((pool) => this.pass(pool)));
    }
    this.running = false;
  }

  private async pass(pool: Pool): Promise<void> {
    const { rows } = await pool.query<Unsent>({ name: 'unsent', text: sql.UNSENT });
    if (rows.length === 0) return;
    const stream = jetstream(this.nats);
    await Promise.all(rows.map(({ name, key, payload }) => stream.publish(name, payload, { msgID: key })));
    await pool.query({ name: 'sent', text: sql.SENT, values: [rows.map(({ id }) => id)] });
  }
}

/** Hands over what comes to a consumer, as many events at once as there are. */
export async function consume<T>(
  nats: NatsConnection,
  copies: Copies,
  name: Consumer,
  take: (events: T[]) => Promise<void>,
): Promise<void> {
  const consumer = await jetstream(nats).consumers.get(streamOf(copies), name);
  const waiting: JsMsg[] = [];
  let running = false;
  const work = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const messages = waiting.splice(0);
      await take(messages.map((message) => message.json<T>()));
      messages.forEach((message) => message.ack());
    }
    running = false;
  };
  await consumer.consume({
    max_messages: 500,
    callback: (message) => {
      waiting.push(message);
      if (!running) void work();
    },
  });
}

/** The three projections of power centers, each in a database of its own. */
export async function keepAll(nats: NatsConnection, copies: Copies): Promise<void> {
  const pools = Object.fromEntries(
    KEEPERS.map((keeper) => [keeper, new Pool({ connectionString: copies[keeper], max: POOL })]),
  ) as Record<Keeper, Pool>;
  const into = (keeper: Keeper, texts: readonly string[]) => async (events: ToldPowerCenter[]) => {
    const values = [JSON.stringify(latest(events))];
    for (const [index, text] of texts.entries()) await pools[keeper].query({ name: `keep-${index}`, text, values });
  };
  await consume(nats, copies, 'orders', into('orders', [sql.IN_ORDERS, sql.TARIFFS]));
  await consume(nats, copies, 'notifications', into('notifications', [sql.IN_NOTIFICATIONS]));
  await consume(nats, copies, 'chargers', into('chargers', [sql.IN_CHARGERS]));
}

/** One statement changes a row once. */
const latest = (events: readonly ToldPowerCenter[]): ToldPowerCenter[] => [
  ...new Map(events.map((event) => [event.id, event])).values(),
];
