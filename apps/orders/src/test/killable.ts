import { join } from 'node:path';
import { Broker, type Bus } from '@open-cpo/messaging';
import { environment } from '@open-cpo/platform';
import {
  Child,
  startTestClient,
  testBroker,
  type TestBroker,
  testDatabase,
  type TestDatabase,
  until,
} from '@open-cpo/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { startPriceHistory } from './price-history';
import { ACCOUNTS, knowChargePoints, streamsThere } from './orders';

const APPS = join(__dirname, '../../..');
const RATES = `insert into currency_rates (code, rate, revision) values ('USD', 1, 1), ('DZD', 136.209406, 1),
  ('JOD', 0.709, 1)`;
const KNOW_ACCOUNTS = 'insert into accounts select * from json_populate_recordset(null::accounts, $1)';
/** Dearer in the second hour of the tests' sessions. */
const TARIFF = {
  unit: 'energy',
  time_zone: 'Africa/Algiers',
  base_usd: '1',
  ranges: [{ id: 1, price_usd: '3', starting: '09:00', ending: '10:00' }],
  limit_type: null,
  limit_value: 0,
};

export interface KillableOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The file that starts the process. */
  readonly entry?: string;
}

/** A service in a process of its own, which can be killed and started again. */
export class Killable {
  private child?: Child;

  constructor(
    private readonly name: 'orders' | 'payouts',
    readonly db: TestDatabase,
    private readonly broker: TestBroker,
    private readonly options: KillableOptions = {},
  ) {}

  async migrate(): Promise<void> {
    const child = this.run('migrate.ts', this.db.ownerUrl);
    const code = await child.end();
    if (code !== 0) throw new Error(`The database of ${this.name} is not there: ${JSON.stringify(child.lines)}`);
  }

  async start(): Promise<void> {
    this.child = this.run(this.options.entry ?? 'main.ts');
    await this.child.line('Joined the queue groups');
  }

  /** As a power failure does: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    this.child?.signal('SIGKILL');
    await this.child?.end();
  }

  /** Waits until the process has ended, whatever ended it. */
  async ended(): Promise<void> {
    await this.child?.end();
  }

  private run(file: string, url = this.db.url): Child {
    return new Child(join(APPS, this.name, 'src', file), [], {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      NATS_URL: this.broker.url,
      DATABASE_URL: url,
      REDIS_URL: environment().TEST_REDIS_URL ?? 'redis://127.0.0.1:1',
      REDIS_PREFIX: `killable-${this.name}-${process.pid}`,
      ...this.options.env,
    });
  }
}

/** Orders and payouts as processes, with a broker and databases of their own. */
export interface KillableSystem {
  readonly orders: Killable;
  readonly payouts: Killable;
  readonly bus: Bus;
  readonly nats: NatsConnection;
  /** Waits until everything that was said has had its effects. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** With `options` for orders. */
export async function startKillable(name: string, options: KillableOptions = {}): Promise<KillableSystem> {
  const broker = await testBroker();
  const [ofOrders, ofPayouts] = await Promise.all([testDatabase(`${name}_orders`), testDatabase(`${name}_payouts`)]);
  const orders = new Killable('orders', ofOrders, broker, options);
  const payouts = new Killable('payouts', ofPayouts, broker);
  await Promise.all([orders.migrate(), payouts.migrate()]);
  for (const { db } of [orders, payouts]) await db.query(RATES);
  await ofOrders.query(KNOW_ACCOUNTS, [JSON.stringify(ACCOUNTS)]);
  await Promise.all([orders.start(), payouts.start()]);
  const client = await startTestClient(broker);
  const stations = await startPriceHistory(broker);
  const nats = client.app.get(Broker).connection();
  await streamsThere(nats);
  await knowChargePoints({ nats, db: ofOrders });
  await ofOrders.query(`insert into charge_point_tariffs values (1, '2020-01-01', $1)`, [JSON.stringify(TARIFF)]);
  const stop = async (): Promise<void> => {
    await Promise.all([orders.kill(), payouts.kill()]);
    await stations.stop();
    await client.stop();
    await broker.stop();
    await Promise.all([ofOrders.drop(), ofPayouts.drop()]);
  };
  return { orders, payouts, bus: client.bus, nats, settled: () => settled(nats, ofOrders), stop };
}

async function settled(nats: NatsConnection, db: TestDatabase): Promise<void> {
  const { consumers } = await jetstreamManager(nats);
  const idle = async (stream: string, name: string): Promise<boolean> => {
    const { num_pending, num_ack_pending } = await consumers.info(stream, name);
    return num_pending + num_ack_pending === 0;
  };
  await until(() => idle('CHARGING', 'orders-sessions'), 'every event to be heard');
  const parked = async () => (await db.query('select 1 from parked_events limit 1')).length;
  await until(async () => (await parked()) === 0, 'every event to be retried');
  const unsent = `select 1 from outbox where kind = 'fact' and sent_at is null limit 1`;
  await until(async () => (await db.query(unsent)).length === 0, 'every fact to be told');
  await until(() => idle('FACTS', 'payouts-orders'), 'every fact to be posted');
}
