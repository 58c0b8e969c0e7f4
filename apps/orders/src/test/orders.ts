import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { type DomainEvent, orders, type Order, ordersOperators, type Page, type Rebuilt } from '@open-cpo/contracts';
import { Broker, type Bus, internalCaller } from '@open-cpo/messaging';
import { migrate } from '@open-cpo/persistence';
import {
  asUser,
  startTestApp,
  startTestClient,
  startTestService,
  stopTestApp,
  testBroker,
  type TestBroker,
  testConfig,
  testDatabase,
  type TestDatabase,
  type TestService,
  until,
} from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { AppModule } from '../app.module';
import { OrdersConfig } from '../config';
import { database } from '../data-source';
import { type PriceHistory, startPriceHistory } from './price-history';
import { chargePointFact } from './charge-point';

/** The whole service with a broker and a database of a test file's own. */
export interface Orders {
  readonly bus: Bus;
  readonly service: TestService;
  /** Another process at the same broker, that may do everything. */
  readonly client: INestApplicationContext;
  readonly broker: TestBroker;
  readonly nats: NatsConnection;
  readonly db: TestDatabase;
  readonly config: OrdersConfig;
  /** What stations answers when it is asked for prices. */
  readonly stations: { readonly known: PriceHistory; stop: () => Promise<void> };
  /** Ends the service and starts it again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const ACCOUNTS = [
  { account_id: 1, currency: 'DZD', time_zone: 'Africa/Algiers', owner_id: 11 },
  { account_id: 2, currency: 'JOD', time_zone: 'Asia/Amman', owner_id: 21 },
];

/** Tests publish sessions of the past. */
const ANY_AGE = { SESSION_MAX_AGE_DAYS: '36500', SESSION_MAX_DAYS_BEFORE_POWER_CENTER: '36500' };

export async function startOrders(name: string, env: NodeJS.ProcessEnv = {}): Promise<Orders> {
  const [db, broker] = await Promise.all([testDatabase(name), testBroker()]);
  await migrate(database(db.ownerUrl));
  await db.query(
    `insert into currency_rates (code, rate, revision) values ('USD', 1, 1), ('DZD', 136.209406, 1), ('JOD', 0.709, 1)`,
  );
  await db.query(`insert into accounts select * from json_populate_recordset(null::accounts, $1)`, [
    JSON.stringify(ACCOUNTS),
  ]);
  const config = testConfig(OrdersConfig, broker, { DATABASE_URL: db.url, ...ANY_AGE, ...env });
  const options = { broker, module: AppModule.forRoot(config), config };
  const client = await startTestClient(broker);
  const stations = await startPriceHistory(broker);
  let service = await startTestService(options);
  const nats = client.app.get(Broker).connection();
  await streamsThere(nats);
  return {
    bus: client.bus,
    client: client.app,
    get service() {
      return service;
    },
    broker,
    nats,
    db,
    config,
    stations,
    restart: async () => {
      await service.stop();
      service = await startTestService(options);
    },
    stop: async () => {
      await service.stop();
      await stations.stop();
      await client.stop();
      await broker.stop();
      await db.drop();
    },
  };
}

/** One more process of the service, which shares the work. */
export async function replica({ broker, config }: Orders): Promise<() => Promise<void>> {
  const app = await startTestApp({ broker, module: AppModule.forRoot(config), config });
  return () => stopTestApp(app);
}

export async function streamsThere(nats: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(nats);
  await until(() => manager.streams.info('CHARGING').then(Boolean, () => false), 'the streams');
}

/** Publishes an event as a charging back end, or another service, does. */
export async function say<T extends object>(
  { nats }: Pick<Orders, 'nats'>,
  domainEvent: DomainEvent<T>,
  payload: T,
  { id = String(randomUUID()), aggregate = '' } = {},
): Promise<string> {
  const head = headers();
  head.set('Nats-Msg-Id', id);
  head.set('occurred-at', new Date().toISOString());
  const subject = domainEvent.stream === 'FACTS' ? `${domainEvent.subject}.${aggregate}` : domainEvent.subject;
  await jetstream(nats).publish(subject, JSON.stringify(payload), { headers: head });
  return id;
}

/** Power centers 1 and 2 of account 1 and 3 of account 2, as stations publishes them. */
export async function knowChargePoints(own: Pick<Orders, 'nats' | 'db'>): Promise<void> {
  for (const [id, account] of [
    [1, 1],
    [2, 1],
    [3, 2],
  ] as const)
    await know(own, id, account);
}

export async function know(
  own: Pick<Orders, 'nats' | 'db'>,
  id: number,
  account: number,
  card: object = {},
): Promise<void> {
  const { domainEvent, payload } = chargePointFact(id, account, card);
  await say(own, domainEvent, payload, { aggregate: String(id) });
  await until(async () => {
    const rows = await own.db.query<{ card: object }>('select card from charge_points where id = $1', [id]);
    return rows.some((row) => isDeepStrictEqual(row.card, payload.card));
  });
}

/** The owner of account 1, who sees Algerian dinars as the reference's sample owner does. */
export const owner = () => asUser({ accountId: 1, userId: 11, currency: 'DZD', timeZone: 'Africa/Algiers' });
/** The owner of account 2. */
export const rival = () => asUser({ accountId: 2, userId: 21, currency: 'JOD', timeZone: 'Asia/Amman' });
/** The owner of account 1 in US dollars. */
export const inUsd = () => asUser({ accountId: 1, userId: 11, currency: 'USD' });

export const pageOf = ({ bus }: Orders, query: object = {}, caller = owner()): Promise<Page<Order>> =>
  bus.call(orders.table, query, caller);

/** Waits for a condition on orders. */
export async function ordersWhere(own: Orders, where: string, count = 1): Promise<Record<string, unknown>[]> {
  const text = `select * from orders where ${where} order by id`;
  await until(async () => (await own.db.query(text)).length === count, `${count} orders where ${where}`);
  return own.db.query(text);
}

/** The published events of orders, in order. */
export async function publishedEvents({ db }: Orders, event: string): Promise<Record<string, unknown>[]> {
  const text = `select payload from outbox where name like $1 order by id`;
  const rows = await db.query<{ payload: Record<string, unknown> }>(text, [`facts.orders.${event}.%`]);
  return rows.map(({ payload }) => payload);
}

/** Recomputes counts and sums, part by part. Returns how many accounts and power centers were wrong. */
export async function rebuild({ bus }: Pick<Orders, 'bus'>): Promise<number> {
  let corrected = 0;
  for (let after: string | null | undefined; after !== null;) {
    const part: Rebuilt = await bus.call(ordersOperators.rebuild, { after, by: 'me' }, internalCaller());
    corrected += part.corrected;
    after = part.next;
  }
  return corrected;
}

export async function empty({ db }: Orders): Promise<void> {
  // In the order in which the service locks them, which may be at work.
  await db.query(`truncate sessions, session_readings, orders, feedback, waiting_feedback, account_totals,
    charge_point_totals, charge_point_days, outbox restart identity`);
}
