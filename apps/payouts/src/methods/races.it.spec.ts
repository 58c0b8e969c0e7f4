import { payoutsMethods } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { until } from '@open-cpo/testing';
import { Ledger } from '../ledger/ledger';
import { completedEntry } from '../ledger/ledger.rules';
import { order } from '../test/orders';
import { owner, type Payouts, startPayouts } from '../test/payouts';

const WAITING = `select 1 from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

describe('a payout method that is changed or removed at the same moment', () => {
  let payouts: Payouts;

  beforeAll(async () => (payouts = await startPayouts('method_races')));
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    payouts.auth.countryOf.set(1, 2);
  });
  afterEach(() => jest.restoreAllMocks());

  const { mine, remove, update } = payoutsMethods;
  const earn = () =>
    payouts.app
      .get(Transactions)
      .run(() => payouts.app.get(Ledger).post([completedEntry(order({ order_id: 1, account_id: 1 }))]));
  /** Does `second` while the request for a payout has read the method and is not committed. */
  const during = async (second: () => Promise<unknown>): Promise<unknown> => {
    const ledger = payouts.app.get(Ledger);
    const balance = ledger.balance.bind(ledger);
    let read = false;
    let goOn = (): void => undefined;
    const allowed = new Promise<void>((resolve) => (goOn = resolve));
    jest.spyOn(ledger, 'balance').mockImplementationOnce(async (accountId) => {
      read = true;
      await allowed;
      return balance(accountId);
    });
    const requested = payouts.request();
    await until(() => read, 'the method is read');
    let ended = false;
    const result = second().then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
    void result.finally(() => (ended = true));
    await until(async () => ended || (await payouts.db.query(WAITING)).length > 0, 'the second one waits or has ended');
    goOn();
    await requested;
    return result;
  };

  it('is not removed from under a payout that is being requested', async () => {
    await payouts.addMethod();
    await earn();
    expect(await during(() => payouts.bus.call(remove, { payoutMethod_name: 'stripe' }, owner()))).toBe('conflict');
    expect(await payouts.bus.call(mine, {}, owner())).toHaveLength(1);
  });

  it('keeps both of two changes', async () => {
    await payouts.addMethod('bank_transfer');
    await Promise.all([
      payouts.bus.call(update, { payoutMethod_name: 'bank_transfer', fullname: 'Jane Doe' }, owner()),
      payouts.bus.call(update, { payoutMethod_name: 'bank_transfer', TIN: '987-65-4321' }, owner()),
    ]);
    const [method] = await payouts.bus.call(mine, {}, owner());
    expect(method?.details).toMatchObject({ fullname: 'Jane Doe', TIN: '*******4321' });
  });
});
