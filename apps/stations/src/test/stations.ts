import { type Bus } from '@open-cpo/messaging';
import { migrate } from '@open-cpo/persistence';
import {
  startTestService,
  testBroker,
  type TestBroker,
  testConfig,
  testDatabase,
  type TestDatabase,
  type TestService,
} from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { StationsConfig } from '../config';
import { database } from '../data-source';

/** The whole service with a broker and a database of a test file's own. */
export interface Stations {
  readonly bus: Bus;
  readonly service: TestService;
  readonly broker: TestBroker;
  readonly db: TestDatabase;
  stop(): Promise<void>;
}

const RATES = { USD: '1', DZD: '136.209406', AED: '3.6725', JOD: '0.709' };
const KNOW = 'insert into currency_rates (code, rate, revision) values ($1, $2, 1)';

/** Starts it with these rates of currencies known; `env`: further variables. */
export async function startStations(
  name: string,
  rates: Readonly<Record<string, string>> = RATES,
  env: NodeJS.ProcessEnv = {},
): Promise<Stations> {
  const [db, broker] = await Promise.all([testDatabase(name), testBroker()]);
  await migrate(database(db.ownerUrl));
  for (const [code, rate] of Object.entries(rates)) await db.query(KNOW, [code, rate]);
  const config = testConfig(StationsConfig, broker, {
    DATABASE_URL: db.url,
    PUBLIC_URL: 'http://api.test',
    STORAGE_URL: 'http://icons.test',
    ...env,
  });
  const service = await startTestService({ broker, module: AppModule.forRoot(config), config });
  const stop = async (): Promise<void> => {
    await service.stop();
    await broker.stop();
    await db.drop();
  };
  return { bus: service.bus, service, broker, db, stop };
}

/** Empties what a test has written; the catalogues stay. */
export async function empty({ db }: Stations): Promise<void> {
  const tables = 'charge_points, charge_point_count_shards, charge_point_groups, categories, outbox, idempotency_keys';
  await db.query(`truncate ${tables} restart identity cascade`);
}
