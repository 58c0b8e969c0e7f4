import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import {
  type CardHolder,
  type CardQuery,
  type CardsQuery,
  type CardState,
  chargers,
  type CreateCharger,
  type ListedCards,
  type NewCharger,
  Refusal,
  workforceWorkers,
} from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { type Bus, Handles } from '@open-cpo/messaging';
import { migrate } from '@open-cpo/persistence';
import {
  asUser,
  type ChargerOptions,
  SimulatedCharger,
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
import { AppModule } from '../app.module';
import { ChargersConfig } from '../config';
import { database } from '../data-source';
import { ChargerServer } from '../sockets/websocket-server';

export const owner = () => asUser({ accountId: 1, userId: 11 });
export const rival = () => asUser({ accountId: 2, userId: 21 });

/** What workforce answers, by card; absent ones are unknown. */
export const CARDS = new Map<string, CardState>();
export const WORKFORCE = { available: true };
/** Last days of the cards that are listed, by card. */
export const LISTED = new Map<string, string>();

@Controller()
class CardsOfWorkforce {
  @Handles(workforceWorkers.byCard)
  async byCard({ rfid }: CardQuery): Promise<CardHolder> {
    if (!WORKFORCE.available) throw new Refusal('service_unavailable');
    const state = CARDS.get(rfid) ?? 'unknown';
    return { state, worker: state === 'unknown' ? null : { id: 34, name: 'service test' } };
  }

  @Handles(workforceWorkers.cards)
  async cards({ limit }: CardsQuery): Promise<ListedCards> {
    if (!WORKFORCE.available) throw new Refusal('service_unavailable');
    const all = [...LISTED].map(([rfid, expire_at]) => ({ rfid, expire_at }));
    return { cards: all.slice(0, limit), total: all.length };
  }
}

@Module({ controllers: [CardsOfWorkforce] })
class WorkforceModule {}

/** An event of the outbox, as it was published. */
export interface Published {
  readonly subject: string;
  readonly payload: Record<string, unknown>;
}

/** The whole service with a broker and a database of a test file's own. */
export interface Chargers {
  readonly bus: Bus;
  readonly service: TestService;
  readonly broker: TestBroker;
  readonly db: TestDatabase;
  readonly url: string;
  /** Publishes a power center as stations does, and waits until it is known. */
  chargePoint(id: number, accountId?: number): Promise<void>;
  /** A power center's charger with a credential. */
  make(chargePointId: number, input?: Partial<CreateCharger>): Promise<NewCharger>;
  /** Connects with the credential of a charger. */
  connect(charger: NewCharger, more?: Partial<ChargerOptions>): Promise<SimulatedCharger>;
  /** What was published of a charger, in order. */
  published(charger: { id: number }, subject?: string): Promise<Published[]>;
  publish(subject: string, payload: object): Promise<void>;
  /** A second replica. */
  replica(): Promise<{ url: string; app: TestService['app']; stop: () => Promise<void> }>;
  stop(): Promise<void>;
}

const urlOf = (app: TestService['app']): string => `ws://127.0.0.1:${app.get(ChargerServer).port}/ocpp`;

export async function startChargers(name: string, env: NodeJS.ProcessEnv = {}): Promise<Chargers> {
  const [db, broker] = await Promise.all([testDatabase(name), testBroker()]);
  await migrate(database(db.ownerUrl));
  const settings = { DATABASE_URL: db.url, HOST: '127.0.0.1', CHARGERS_PORT: '0', CHARGERS_PLAIN: 'true', ...env };
  const config = testConfig(ChargersConfig, broker, settings);
  const serves = [{ byCard: workforceWorkers.byCard, cards: workforceWorkers.cards }];
  const workforce = await startTestApp({ broker, module: WorkforceModule, serves, name: 'workforce' });
  const service = await startTestService({ broker, module: AppModule.forRoot(config), config });
  const client = await startTestClient(broker);
  const url = urlOf(service.app);
  const publish = (subject: string, payload: object): Promise<void> =>
    client.app.get(EventPublisher).publish({
      subject,
      eventId: randomUUID(),
      payload: JSON.stringify(payload),
      occurredAt: new Date().toISOString(),
    });
  return {
    bus: service.bus,
    service,
    broker,
    db,
    url,
    publish,
    chargePoint: async (id, accountId = 1) => {
      const card = { token: `EV_CHARGER_${id}` };
      const rest = { time_zone: 'Africa/Algiers', price: null, connectors: [], card };
      await publish(`facts.stations.charge-points.changed.${id}`, { id, account_id: accountId, ...rest });
      const known = () => db.query('select 1 from charge_points where id = $1', [id]);
      await until(async () => (await known()).length > 0, 'the power center to be known');
    },
    make: (charge_point_id, input = {}) => service.bus.call(chargers.create, { charge_point_id, ...input }, owner()),
    connect: ({ identity, credential }, more = {}) =>
      SimulatedCharger.connect({ url, identity, password: credential.password, ...more }),
    published: async ({ id }, subject = '') =>
      (
        await db.query<Published>(
          `select name as subject, payload::jsonb as payload from outbox where aggregate = $1 and name like $2 order by id`,
          [`charging ${id}`, `%${subject}`],
        )
      ).map((row) => row),
    replica: async () => {
      const app = await startTestApp({ broker, module: AppModule.forRoot(config), config });
      return { url: urlOf(app), app, stop: () => stopTestApp(app) };
    },
    stop: async () => {
      await service.stop();
      await client.stop();
      await stopTestApp(workforce);
      await broker.stop();
      await db.drop();
    },
  };
}
