import { currencies, ratesChanged, type RateTable } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import { CURRENCIES } from '../countries/fixture/currencies';
import { AuthUnderTest } from '../fixture/auth-under-test';

describe('the rate table', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth?.stop());

  const table = () => auth.bus.call(currencies.rates, {}, internalCaller());
  const published = () =>
    auth.database.query<{ payload: RateTable; sent_at: Date | null }>(
      'select payload, sent_at from outbox where name = $1 order by id',
      [`${ratesChanged.subject}.all`],
    );

  it('is given to services that ask for it, whole and in plain decimals', async () => {
    const { revision, rates } = await table();
    expect(revision).toBe(1);
    expect(rates).toEqual(Object.fromEntries(CURRENCIES.map(({ code, usdRate }) => [code, usdRate])));
    expect(rates.USD).toBe('1');
  });

  it('is published when auth starts', async () => {
    const first = await until(async () => (await published()).find((domainEvent) => domainEvent.sent_at !== null));
    expect(first.payload).toEqual(await table());
  });

  it('is published again by every process that starts, for a broker that has forgotten it', async () => {
    const before = (await published()).length;
    const replica = await auth.replica();
    await until(async () => (await published()).length > before);
    await replica.stop();
  });
});
