import { type CreateWorker, type Worker, workforceWorkers } from '@open-cpo/contracts';
import type { Bus } from '@open-cpo/messaging';
import { migrate } from '@open-cpo/persistence';
import {
  asUser,
  startTestService,
  testBroker,
  type TestBroker,
  testConfig,
  testDatabase,
  type TestDatabase,
  type TestService,
} from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { WorkforceConfig } from '../config';
import { database } from '../data-source';

/** The whole service with a broker and a database of a test file's own. */
export interface Workforce {
  readonly bus: Bus;
  readonly service: TestService;
  readonly broker: TestBroker;
  readonly db: TestDatabase;
  /** Has an account enter a worker; what is not given is John Doe's. */
  make(data?: Partial<CreateWorker>, caller?: ReturnType<typeof owner>): Promise<Worker>;
  /** Removes all that tests have written, the ledger included. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export const owner = (idempotencyKey?: string) =>
  asUser({ accountId: 1, userId: 11, currency: 'DZD', ...(idempotencyKey ? { idempotencyKey } : {}) });
export const rival = () => asUser({ accountId: 2, userId: 21, currency: 'JOD' });

/** What the reference enters (L4400). */
export const JOHN = {
  first_name: 'John',
  last_name: 'Doe',
  email: 'john@example.com',
  rfid: '123456789012',
  expire_at: '2125-12-31',
} as const;

export async function startWorkforce(name: string): Promise<Workforce> {
  const [db, broker] = await Promise.all([testDatabase(name), testBroker()]);
  await migrate(database(db.ownerUrl));
  await db.query(
    `insert into currency_rates (code, rate, revision)
     values ('USD', 1, 1), ('DZD', 136.209406, 1), ('AED', 3.6725, 1), ('JOD', 0.709, 1)`,
  );
  const config = testConfig(WorkforceConfig, broker, { DATABASE_URL: db.url });
  const service = await startTestService({ broker, module: AppModule.forRoot(config), config });
  const stop = async (): Promise<void> => {
    await service.stop();
    await broker.stop();
    await db.drop();
  };
  const make: Workforce['make'] = (data = {}, caller = owner()) =>
    service.bus.call(workforceWorkers.create, { ...JOHN, ...data }, caller);
  return { bus: service.bus, service, broker, db, make, empty: () => emptied(db), stop };
}

async function emptied(db: TestDatabase): Promise<void> {
  // The ledger refuses it otherwise.
  await db.query('alter table cash_movements disable trigger user');
  await db.query('truncate worker_cash, cash_movements, workers, idempotency_keys restart identity');
  await db.query('alter table cash_movements enable trigger user');
}
