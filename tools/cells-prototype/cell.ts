import { join, resolve } from 'node:path';
import type { DynamicModule, INestMicroservice } from '@nestjs/common';
import { migrate, type PersistenceOptions } from '@open-cpo/persistence';
import type { DatabaseConfig } from '@open-cpo/platform';
import {
  type GatewayParts,
  startTestApp,
  startTestGateway,
  stopTestApp,
  testBroker,
  type TestAuth,
  type TestBroker,
  testConfig,
  testDatabase,
  type TestDatabase,
  type TestGateway,
} from '@open-cpo/testing';
import { configClass } from '../manifests/settings';

/** Services of the prototype's cells; in the order in which an account is copied. */
export const SERVICES = ['stations', 'workforce'] as const;
/** Ids of a cell: of 2^31 there is room for 21 cells; ids of 64 bits would have no such bound. */
const IDS_PER_CELL = 100_000_000;
const RATES = `insert into currency_rates (code, rate, revision) values ('USD', 1, 1)`;
const SEQUENCES = `
  select format('alter sequence %I restart with %s', sequencename, $1::bigint + 1) as statement
  from pg_sequences where schemaname = 'public'`;

interface Sources {
  readonly AppModule: { forRoot(config: DatabaseConfig): DynamicModule };
  readonly database: (url: string) => PersistenceOptions;
}

const load = <T extends object>(app: string, file: string): T =>
  jest.requireActual<T>(join(resolve(__dirname, '../../apps'), app, 'src', file));

/** A broker, databases and processes that share nothing with another cell but the keys of tokens. */
export class Cell {
  private constructor(
    readonly number: number,
    readonly broker: TestBroker,
    readonly databases: ReadonlyMap<string, TestDatabase>,
    readonly gateway: TestGateway,
    private readonly apps: readonly INestMicroservice[],
  ) {}

  static async start(number: number, auth?: TestAuth): Promise<Cell> {
    const broker = await testBroker();
    const databases = new Map<string, TestDatabase>();
    const apps: INestMicroservice[] = [];
    for (const name of SERVICES) {
      const own = await testDatabase(`cell_${number}_${name}`);
      databases.set(name, own);
      const { AppModule } = load<Sources>(name, 'app.module');
      await migrate(load<Sources>(name, 'data-source').database(own.ownerUrl));
      await own.query(RATES);
      for (const { statement } of await own.query<{ statement: string }>(SEQUENCES, [number * IDS_PER_CELL])) {
        await own.query(statement);
      }
      const Config = configClass(load<Record<string, unknown>>(name, 'config')) as new () => DatabaseConfig;
      const config = testConfig(Config, broker, { DATABASE_URL: own.url });
      apps.push(await startTestApp({ broker, module: AppModule.forRoot(config), config }));
    }
    const parts = load<GatewayParts<DatabaseConfig>>('gateway', 'index');
    const gateway = await startTestGateway({ broker, gateway: parts, ...(auth ? { auth } : {}) });
    return new Cell(number, broker, databases, gateway, apps);
  }

  database(service: string): TestDatabase {
    const found = this.databases.get(service);
    if (!found) throw new Error(`There is no database of ${service}.`);
    return found;
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await Promise.all(this.apps.map(stopTestApp));
    await this.broker.stop();
    await Promise.all([...this.databases.values()].map((database) => database.drop()));
  }
}
