import { Controller, Inject, Module } from '@nestjs/common';
import { currencies, type HandlersOf, ratesChanged, type RateTable, Refusal } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { Handles } from '@open-cpo/messaging';
import {
  startTestApp,
  startTestClient,
  stopTestApp,
  type TestBroker,
  testBroker,
  type TestDatabase,
  testDatabase,
  until,
} from '@open-cpo/testing';
import { migrate, PersistenceModule } from '../index';
import { CurrencyRate } from './currency-rate.entity';
import { CurrencyRates } from './currency-rates';
import { CurrencyRatesModule } from './currency-rates.module';
import { CurrencyRatesTable1700000001000 } from './currency-rates-table';

const TABLE = Symbol('table');
const first: RateTable = { revision: 1, rates: { USD: '1', DZD: '136.209406', JOD: '0.709' } };
const second: RateTable = { revision: 2, rates: { ...first.rates, DZD: '140' } };

@Controller()
class RatesHandler implements HandlersOf<typeof currencies> {
  constructor(@Inject(TABLE) private readonly table: RateTable) {}

  @Handles(currencies.rates)
  async rates(): Promise<RateTable> {
    return this.table;
  }
}

@Module({ controllers: [RatesHandler], providers: [{ provide: TABLE, useValue: first }] })
class AuthModule {}

describe('the currency rates in a service', () => {
  let broker: TestBroker;
  let database: TestDatabase;

  const options = () => ({
    name: 'stations',
    url: database.url,
    entities: [CurrencyRate],
    migrations: [CurrencyRatesTable1700000001000],
  });
  const replica = () => {
    const module = { module: class Stations {}, imports: [PersistenceModule.forRoot(options())] };
    const imports = [...module.imports, CurrencyRatesModule.forRoot('stations')];
    return startTestApp({ broker, module: { ...module, imports }, serves: [], name: 'stations' });
  };
  const kept = async () => {
    const rows = await database.query<{ code: string; rate: string }>('select code, rate from currency_rates');
    return Object.fromEntries(rows.map(({ code, rate }) => [code, Number(rate)]));
  };
  const tell = async (table: RateTable) => {
    const client = await startTestClient(broker);
    await client.app.get(EventPublisher).publish({
      subject: `${ratesChanged.subject}.all`,
      eventId: `${table.revision}-${Math.random()}`,
      payload: JSON.stringify(table),
      occurredAt: '',
    });
    await client.stop();
  };

  beforeEach(async () => {
    broker = await testBroker();
    database = await testDatabase('currency_rates');
    await migrate({ ...options(), url: database.ownerUrl });
  });

  afterEach(async () => {
    await broker.stop();
    await database.drop();
  });

  it('are refused, but for the dollar, until somebody has told them', async () => {
    const app = await replica();
    const rates = app.get(CurrencyRates);
    expect(rates.rateOf('USD')).toBe('1');
    expect(() => rates.rateOf('DZD')).toThrow(Refusal);
    expect(() => rates.has('DZD')).toThrow(Refusal);
    await tell(first);
    await until(() => refusesNot(() => rates.rateOf('DZD')));
    expect(rates.rateOf('DZD')).toBe('136.209406');
    expect(rates.has('XXX')).toBe(false);
    expect(rates.has('constructor')).toBe(false);
    expect(() => rates.rateOf('XXX')).toThrow(RangeError);
    await stopTestApp(app);
  });

  it('are asked of auth by a service that starts before any fact', async () => {
    const auth = await startTestApp({ broker, module: AuthModule, serves: [currencies], name: 'auth' });
    const app = await replica();
    await until(() => refusesNot(() => app.get(CurrencyRates).rateOf('JOD')));
    expect(app.get(CurrencyRates).rateOf('JOD')).toBe('0.709');
    await until(async () => Object.keys(await kept()).length === 3);
    await stopTestApp(app);
    await stopTestApp(auth);
  });

  it('reach every replica and the table, and an older table takes nothing back', async () => {
    const [one, other] = [await replica(), await replica()];
    await tell(second);
    for (const app of [one, other]) await until(() => refusesNot(() => app.get(CurrencyRates).rateOf('DZD')));
    await until(async () => (await kept()).DZD === 140);
    await tell(first);
    await tell({ revision: 3, rates: { ...second.rates, JOD: '0.7' } });
    await until(async () => (await kept()).JOD === 0.7);
    expect(await kept()).toEqual({ USD: 1, DZD: 140, JOD: 0.7 });
    expect([one, other].map((app) => app.get(CurrencyRates).rateOf('DZD'))).toEqual(['140', '140']);
    await Promise.all([stopTestApp(one), stopTestApp(other)]);
  });

  it('are there after a restart while auth and the stream are silent', async () => {
    const before = await replica();
    await tell(second);
    await until(async () => (await kept()).DZD === 140);
    await stopTestApp(before);
    const after = await replica();
    expect(after.get(CurrencyRates).rateOf('DZD')).toBe('140');
    await stopTestApp(after);
  });
});

function refusesNot(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
