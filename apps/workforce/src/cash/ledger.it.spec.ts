import { Transactions } from '@open-cpo/persistence';
import fc from 'fast-check';
import { cashOrder } from '../test/orders';
import { startWorkforce, type Workforce } from '../test/workforce';
import { CashConsumer } from './cash.consumer';
import { CashLedger } from './cash.ledger';

/** One thing that happens to a worker's cash; amounts in cents. */
type Event =
  | { readonly kind: 'completed' | 'reversed'; readonly order: number; readonly cents: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'correct'; readonly cents: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('completed' as const, 'reversed' as const),
    order: fc.integer({ min: 1, max: 4 }),
    cents: fc.integer({ min: 1, max: 99_999 }),
  }),
  fc.record({ kind: fc.constant('reset' as const) }),
  fc.record({ kind: fc.constant('correct' as const), cents: fc.integer({ min: -5000, max: 5000 }).filter(Boolean) }),
);

const decimal = (cents: number): string => (cents / 100).toFixed(2);

/** What hands and till hold after all of it, by counting in cents: an order counts once a kind. */
function counted(events: readonly Event[]): { hands: number; till: number } {
  const seen = new Set<string>();
  let hands = 0;
  let till = 0;
  for (const one of events) {
    if (one.kind === 'reset') [hands, till] = [0, till + hands];
    else if (one.kind === 'correct') hands += one.cents;
    else {
      const key = `${one.kind} ${one.order}`;
      if (!seen.has(key)) hands += one.kind === 'completed' ? one.cents : -one.cents;
      seen.add(key);
    }
  }
  return { hands, till };
}

describe('the ledger of cash', () => {
  let workforce: Workforce;
  beforeAll(async () => (workforce = await startWorkforce('ledger')));
  afterAll(() => workforce?.stop());

  const ledger = () => workforce.service.app.get(CashLedger);
  const consumer = () => workforce.service.app.get(CashConsumer);
  const within = <T>(work: () => Promise<T>) => workforce.service.app.get(Transactions).run(work);

  const happen = (one: Event): Promise<unknown> =>
    within(async () => {
      if (one.kind === 'reset') return ledger().handOver(1, { accountId: 1, userId: 11 });
      const amount = decimal(one.cents);
      if (one.kind === 'correct') {
        const why = { reason: 'counted', operator: 'sam' };
        return ledger().post({ accountId: 1, workerId: 1, kind: 'corrected', amount, currency: 'DZD', ...why });
      }
      const order = { ...cashOrder({ order_id: one.order, cash_amount: amount }), reason: 'wrong' };
      return one.kind === 'completed' ? consumer().completed(order) : consumer().reversed(order);
    });

  it('adds up whatever happens: hands, till and history agree to the last cent', async () => {
    const property = fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      await workforce.empty();
      await workforce.make();
      for (const one of events) await happen(one);
      const [row] = await workforce.db.query<{ hands: number; till: number; sum: number }>(
        `select (coalesce((select sum(balance) from worker_cash), 0) * 100)::int as hands,
           (coalesce(sum(till_amount), 0) * 100)::int as till, (coalesce(sum(amount), 0) * 100)::int as sum
         from cash_movements`,
      );
      const { hands, till } = counted(events);
      expect(row).toEqual({ hands, till, sum: hands });
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('takes no cash for a worker of somebody else, nor for one that nobody has', async () => {
    await workforce.empty();
    await workforce.make();
    for (const order of [{ account_id: 2 }, { worker_id: 99 }]) {
      await expect(consumer().completed(cashOrder(order))).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await workforce.db.query('select 1 from cash_movements')).toEqual([]);
  });
});
