import { randomUUID } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import type { DomainEvent } from '@open-cpo/contracts';
import { Broker, type Bus } from '@open-cpo/messaging';
import { migrate } from '@open-cpo/persistence';
import {
  asUser,
  startTestApp,
  startTestClient,
  stopTestApp,
  testBroker,
  type TestBroker,
  testConfig,
  testDatabase,
  type TestDatabase,
  until,
} from '@open-cpo/testing';
import { type ConsumerInfo, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { AppModule } from '../app.module';
import { NotificationsConfig } from '../config';
import { database } from '../data-source';

/** The whole service with a broker and a database of a test file's own. */
export interface Notifications {
  readonly bus: Bus;
  readonly app: INestMicroservice;
  readonly broker: TestBroker;
  readonly nats: NatsConnection;
  readonly db: TestDatabase;
  /** Publishes an event as its service does. */
  say<T extends object>(
    domainEvent: DomainEvent<T>,
    payload: T,
    aggregate: number,
    how?: { id?: string; at?: Date },
  ): Promise<string>;
  /** Waits until every event has been dealt with. */
  settled(): Promise<void>;
  /** A further replica of the service. */
  replica(): Promise<INestMicroservice>;
  stop(): Promise<void>;
}

export const owner = () => asUser({ accountId: 1, userId: 11 });
export const rival = () => asUser({ accountId: 2, userId: 21 });

export async function startNotifications(name: string, env: NodeJS.ProcessEnv = {}): Promise<Notifications> {
  const [db, broker] = await Promise.all([testDatabase(name), testBroker()]);
  await migrate(database(db.ownerUrl));
  const config = testConfig(NotificationsConfig, broker, {
    DATABASE_URL: db.url,
    REDIS_PREFIX: `t${randomUUID()}`,
    ...env,
  });
  const start = () => startTestApp({ broker, module: AppModule.forRoot(config), config, name: 'notifications' });
  const [app, client] = await Promise.all([start(), startTestClient(broker)]);
  const nats = client.app.get(Broker).connection();
  const manager = await jetstreamManager(nats);
  const consumers = ['chargers', 'feedback', 'orders', 'payouts', 'power-centers', 'users'].map(
    (what) => `notifications-${what}`,
  );
  const info = (consumer: string) => manager.consumers.info('FACTS', consumer);
  for (const consumer of consumers) await until(() => info(consumer).then(Boolean, () => false), consumer);
  const stop = async (): Promise<void> => {
    await stopTestApp(app);
    await client.stop();
    await broker.stop();
    await db.drop();
  };
  const published = new Map<string, number>();
  const say: Notifications['say'] = async (
    domainEvent,
    payload,
    aggregate,
    { id = randomUUID(), at = new Date() } = {},
  ) => {
    const head = headers();
    head.set('Nats-Msg-Id', id);
    head.set('occurred-at', at.toISOString());
    const subject = `${domainEvent.subject}.${aggregate}`;
    const { seq } = await jetstream(nats).publish(subject, JSON.stringify(payload), { headers: head });
    published.set(subject, seq);
    return id;
  };
  const settled = async (): Promise<void> => {
    await until(async () => {
      const all = await Promise.all(consumers.map(info));
      return all.every((one) => one.num_pending + one.num_ack_pending === 0 && knowsOf(one, published));
    }, 'every event to be handled');
  };
  return { bus: client.bus, app, broker, nats, db, say, settled, replica: start, stop };
}

/** Whether a consumer has got as far as the last messages on its subjects: the server counts a new one only after its answer. */
function knowsOf({ config, delivered }: ConsumerInfo, published: ReadonlyMap<string, number>): boolean {
  const filters = config.filter_subjects ?? [config.filter_subject ?? '>'];
  const patterns = filters.map(
    (filter) =>
      new RegExp(
        `^${filter
          .replaceAll('.', String.raw`\.`)
          .replaceAll('*', '[^.]+')
          .replace('>', '.+')}$`,
      ),
  );
  const own = [...published].filter(([subject]) => patterns.some((pattern) => pattern.test(subject)));
  return own.every(([, sequence]) => delivered.stream_seq >= sequence);
}
