import { workforceWorkers } from '@open-cpo/contracts';
import { startTestApp, stopTestApp, testConfig } from '@open-cpo/testing';
import type { INestMicroservice } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { AppModule } from '../app.module';
import { WorkforceConfig } from '../config';
import { Orders } from '../test/orders';
import { owner, startWorkforce, type Workforce } from '../test/workforce';
import { CashLedger } from './cash.ledger';

describe('cash that many move at the same time', () => {
  let workforce: Workforce;
  let orders: Orders;
  let replica: INestMicroservice;

  beforeAll(async () => {
    workforce = await startWorkforce('races');
    orders = new Orders(workforce);
    const config = testConfig(WorkforceConfig, workforce.broker, { DATABASE_URL: workforce.db.url });
    replica = await startTestApp({ broker: workforce.broker, module: AppModule.forRoot(config), config });
  });
  afterAll(async () => {
    if (replica) await stopTestApp(replica);
    await workforce?.stop();
  });
  beforeEach(async () => {
    await workforce.empty();
    await orders.forgotten();
    await workforce.make();
  });

  const reset = () => workforce.bus.call(workforceWorkers.resetBalance, { worker_id: 1 }, owner());
  const cash = async () => (await workforce.bus.call(workforceWorkers.one, { id: 1 }, owner())).cash_on_hands;
  const sums = async () => {
    const [row] = await workforce.db.query<{ hands: number; till: number; balance: number; handovers: number }>(
      `select coalesce(sum(amount), 0)::float as hands, coalesce(sum(till_amount), 0)::float as till,
         count(*) filter (where kind = 'handed_over')::int as handovers,
         (select coalesce(sum(balance), 0)::float from worker_cash) as balance from cash_movements`,
    );
    return row;
  };

  it('is handed over once by two owners who press at the same time, on two replicas', async () => {
    for (let round = 1; round <= 5; round += 1) {
      await orders.completed({ order_id: round, cash_amount: '100' });
      await orders.handled(round);
      await Promise.all([reset(), reset(), reset(), reset()]);
      expect(await sums()).toEqual({ hands: 0, till: 100 * round, balance: 0, handovers: round });
    }
    expect(await cash()).toBe('0');
  });

  it('is neither lost nor doubled when collections and hand-overs meet', async () => {
    const told = Array.from({ length: 40 }, (_, n) => orders.completed({ order_id: n + 1, cash_amount: '10.01' }));
    const resets = Array.from({ length: 10 }, async () => {
      await reset();
      await new Promise((resolve) => setImmediate(resolve));
      await reset();
    });
    await Promise.all([...told, ...resets]);
    await orders.handled(40);
    const before = await sums();
    expect(before?.hands).toBeCloseTo(before?.balance ?? Number.NaN, 8);
    expect((before?.hands ?? 0) + (before?.till ?? 0)).toBeCloseTo(400.4, 8);
    await reset();
    expect(await sums()).toMatchObject({ hands: 0, balance: 0, till: 400.4 });
  });

  it('waits for a hand-over that is under way, then counts from nothing', async () => {
    const transactions = replica.get(Transactions);
    const ledger = replica.get(CashLedger);
    await orders.completed({ order_id: 1, cash_amount: '30' });
    await orders.handled(1);
    await transactions.run(async () => {
      await ledger.handOver(1, { accountId: 1, userId: 11 });
      await orders.completed({ order_id: 2, cash_amount: '4.5' });
      // The collection cannot be counted while the balance is locked.
      await expect(waiting()).resolves.toBeGreaterThan(0);
    });
    await orders.handled(2);
    expect(await cash()).toBe('4.5');
    expect(await sums()).toMatchObject({ till: 30, handovers: 1 });
  });

  it('is there again when a hand-over is undone half-way', async () => {
    const ledger = replica.get(CashLedger);
    await orders.completed({ order_id: 1, cash_amount: '30' });
    await orders.handled(1);
    const undone = replica.get(Transactions).run(async () => {
      await ledger.handOver(1, { accountId: 1, userId: 11 });
      throw new Error('enough');
    });
    await expect(undone).rejects.toThrow('enough');
    expect(await sums()).toEqual({ hands: 30, till: 0, balance: 30, handovers: 0 });
    await reset();
    expect(await sums()).toEqual({ hands: 0, till: 30, balance: 0, handovers: 1 });
  });

  /** How many wait for a lock, once somebody does. */
  async function waiting(): Promise<number> {
    for (;;) {
      const [row] = await workforce.db.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      if (row && row.n > 0) return row.n;
    }
  }
});
