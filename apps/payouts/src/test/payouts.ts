import { randomUUID } from 'node:crypto';
import type { INestApplicationContext, INestMicroservice } from '@nestjs/common';
import { payoutsMethods, payoutsPayouts } from '@open-cpo/contracts';
import type { Bus } from '@open-cpo/messaging';
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
} from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { PayoutsConfig } from '../config';
import { database } from '../data-source';
import { FakeAuth, startFakeAuth } from './fake-auth';

/** The whole service with a broker and a database of a test file's own, and auth's word on accounts. */
export interface Payouts {
  readonly bus: Bus;
  readonly app: INestMicroservice;
  /** Another process at the same broker, that may do everything. */
  readonly client: INestApplicationContext;
  readonly auth: FakeAuth;
  readonly broker: TestBroker;
  readonly db: TestDatabase;
  /** Adds a method for an account, by default the sandbox's `stripe`. */
  addMethod(name?: string, caller?: ReturnType<typeof owner>): Promise<void>;
  request(methodId?: number, caller?: ReturnType<typeof owner>): Promise<void>;
  /** Removes all that tests have written, the ledger included. */
  empty(): Promise<void>;
  /** A further replica of the service. */
  replica(): Promise<INestMicroservice>;
  stop(): Promise<void>;
}

export const owner = (idempotencyKey?: string) =>
  asUser({ accountId: 1, userId: 11, currency: 'DZD', ...(idempotencyKey ? { idempotencyKey } : {}) });
export const rival = () => asUser({ accountId: 2, userId: 21, currency: 'USD' });

/** What the reference enters (L1803). */
export const JOHN = {
  fullname: 'John Doe',
  userType: 'individual',
  address: '123 Main Street, City, Country',
  TIN: '123-45-6789',
  id: '0501234567',
  email: 'john@example.com',
} as const;

export async function startPayouts(name: string, env: NodeJS.ProcessEnv = {}): Promise<Payouts> {
  const [db, broker] = await Promise.all([testDatabase(name), testBroker()]);
  await migrate(database(db.ownerUrl));
  await db.query(
    `insert into currency_rates (code, rate, revision) values ('USD', 1, 1), ('DZD', 136.209406, 1), ('JOD', 0.709, 1)`,
  );
  const config = testConfig(PayoutsConfig, broker, {
    DATABASE_URL: db.url,
    REDIS_PREFIX: `t${randomUUID()}`,
    PAYOUT_METHOD_DELAY: '0',
    ...env,
  });
  const start = () => startTestApp({ broker, module: AppModule.forRoot(config), config, name: 'payouts' });
  const [app, auth, client] = await Promise.all([start(), startFakeAuth(broker), startTestClient(broker)]);
  const { bus } = client;
  const stop = async (): Promise<void> => {
    await stopTestApp(app);
    await auth.stop();
    await client.stop();
    await broker.stop();
    await db.drop();
  };
  const addMethod: Payouts['addMethod'] = (method = 'stripe', caller = owner()) =>
    bus.call(payoutsMethods.add, { ...JOHN, payoutMethod_name: method }, caller);
  const request: Payouts['request'] = (payoutMethod = 1, caller = owner()) =>
    bus.call(payoutsPayouts.request, { payoutMethod }, caller);
  const own = { bus, app, client: client.app, auth: auth.known, broker, db };
  return { ...own, addMethod, request, empty: () => emptied(db), replica: start, stop };
}

const LEDGER = ['ledger_transactions', 'ledger_postings', 'ledger_checkpoints'];

async function emptied(db: TestDatabase): Promise<void> {
  // The ledger refuses it otherwise.
  for (const table of LEDGER) await db.query(`alter table ${table} disable trigger user`);
  await db.force(
    `truncate ${LEDGER.join(', ')}, payouts, payout_methods, provider_events, idempotency_keys, outbox restart identity`,
  );
  for (const table of LEDGER) await db.query(`alter table ${table} enable trigger user`);
}
