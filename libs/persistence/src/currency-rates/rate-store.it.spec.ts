import type { RateTable } from '@open-cpo/contracts';
import {
  type TestBroker,
  startTestApp,
  stopTestApp,
  testBroker,
  type TestDatabase,
  testDatabase,
} from '@open-cpo/testing';
import { migrate, pendingChanges, PersistenceModule, Transactions } from '../index';
import { CurrencyRate } from './currency-rate.entity';
import { CurrencyRatesTable1700000001000 } from './currency-rates-table';
import { RateStore } from './rate-store';

type App = Awaited<ReturnType<typeof startTestApp>>;

describe('the table of currency rates', () => {
  let broker: TestBroker;
  let database: TestDatabase;
  let app: App;
  let store: RateStore;

  const options = () => ({
    name: 'orders',
    url: database.url,
    entities: [CurrencyRate],
    migrations: [CurrencyRatesTable1700000001000],
  });
  const table = (revision: number, rates: Record<string, string>): RateTable => ({ revision, rates });

  beforeAll(async () => {
    [broker, database] = await Promise.all([testBroker(), testDatabase('rate_store')]);
    await migrate({ ...options(), url: database.ownerUrl });
    const module = { module: class Orders {}, imports: [PersistenceModule.forRoot(options())] };
    app = await startTestApp({ broker, module, serves: [], name: 'orders' });
    store = new RateStore(app.get(Transactions, { strict: false }));
  });

  afterAll(async () => {
    await stopTestApp(app);
    await broker.stop();
    await database.drop();
  });

  beforeEach(() => database.query('truncate currency_rates'));

  it('is what the entity says', async () => {
    expect(await pendingChanges(options())).toEqual([]);
  });

  it('begins with nothing', async () => {
    expect(await store.load()).toEqual({ revision: 0, rates: {} });
  });

  it('gives rates back as they came', async () => {
    const rates = { DZD: '136.209406', JPY: '150', KWD: '0.30715', XXA: '0.00000001', XXB: '999999999' };
    await store.keep(table(1, rates));
    expect(await store.load()).toEqual({ revision: 1, rates });
  });

  it('is replaced by a newer table and not by an older one', async () => {
    await store.keep(table(2, { DZD: '140', JOD: '0.7' }));
    await store.keep(table(1, { DZD: '136', JOD: '0.709' }));
    expect(await store.load()).toEqual({ revision: 2, rates: { DZD: '140', JOD: '0.7' } });
    await store.keep(table(3, { DZD: '141', JOD: '0.7' }));
    expect(await store.load()).toEqual({ revision: 3, rates: { DZD: '141', JOD: '0.7' } });
  });

  it('takes a currency that is new, and the same table twice', async () => {
    await store.keep(table(1, { DZD: '136' }));
    await store.keep(table(2, { DZD: '136', XCG: '1.79' }));
    await store.keep(table(2, { DZD: '136', XCG: '1.79' }));
    expect(await store.load()).toEqual({ revision: 2, rates: { DZD: '136', XCG: '1.79' } });
  });

  it('ends with the newest of many that come at once', async () => {
    const many = Array.from({ length: 20 }, (_, index) => table(index + 1, { JOD: `${index + 1}`, DZD: '136' }));
    await Promise.all(many.toReversed().map((one) => store.keep(one)));
    expect((await store.load()).rates.JOD).toBe('20');
  });
});
