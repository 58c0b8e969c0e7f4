import { type ListOrders, ORDER_SORT_KEYS, ordersOperators, type SortCriterion } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import type { ExemptRead, Param, Transactions } from '@open-cpo/persistence';
import { executionsByKeptPlan } from '@open-cpo/testing';
import { FeedbackRepository } from '../feedback/feedback.repository';
import { know, type Orders, startOrders } from '../test/orders';
import { OrdersRepository } from './orders.repository';
import * as sql from './orders.queries';

interface Asked {
  readonly text: string;
  readonly values: readonly Param[];
}

const CHUNK = 2000;

/** Tests the plans of statements with so many orders of each of two owners. */
export function testPlans(orders: number): void {
  describe('with many orders of one owner', () => {
    let own: Orders;

    beforeAll(async () => {
      own = await startOrders('order_plans');
      for (let id = 1; id <= 20; id += 1) await know(own, id, 1);
      await know(own, 21, 2);
      for (let loaded = 0; loaded < orders; loaded += CHUNK) {
        for (const accountId of [1, 2]) {
          const load = { accountId, count: CHUNK, by: 'test' };
          expect(await own.bus.call(ordersOperators.load, load, internalCaller({}, 60_000))).toEqual({ loaded: CHUNK });
        }
      }
      await own.db.query(
        `insert into feedback (order_id, account_id, charge_point_id, user_id, message, rating, created_at, updated_at)
         select id, account_id, charge_point_id, user_id, 'nice ' || md5(id::text), 4, now(), now() from orders where id % 5 = 0`,
      );
      await own.db.query(`update account_totals t set feedback = (select count(*) from feedback f
        where f.account_id = t.account_id)`);
      await own.db.query('vacuum analyze');
    }, 900_000);
    afterAll(() => own?.stop());

    /** The plans of the statements that a repository makes, asked of the real database. */
    const plansOf = async (work: (listening: Transactions) => Promise<unknown>, statements: Asked[] = []) => {
      const plans: string[] = [];
      const explain = async ({ text, values }: Asked) => {
        statements.push({ text, values });
        const rows = await own.db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values as unknown[]);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      };
      const query = async (text: string, values: readonly Param[] = []) => {
        await explain({ text, values });
        return own.db.query(text, values as unknown[]);
      };
      const listening = {
        query,
        first: async (text: string, values: readonly Param[]) => (await query(text, values))[0],
        askExempt: async (asked: Asked) => {
          await explain(asked);
          return { rows: [], fields: [] };
        },
        exempt: ({ text }: ExemptRead, ...values: readonly Param[]) => query(text, values),
      };
      await work(listening as unknown as Transactions);
      return plans;
    };
    const page = (query: Partial<ListOrders>) => plansOf((listening) => new OrdersRepository(listening).page(query, 1));
    const LAST = Math.ceil(orders / 15);

    it('counted nothing wrong while loading', async () => {
      const { corrected } = await own.bus.call(ordersOperators.rebuild, { by: 'me' }, internalCaller({}, 100_000));
      expect(corrected).toBe(0);
    });

    it('the first page is one statement, with the number of all from a counter', async () => {
      const plans = await page({});
      expect(plans).toHaveLength(1);
      expect(plans[0]).toContain('account_totals');
      expect(plans[0]).toMatch(/Index.* Scan.* using orders_(newest|pkey)/);
      expect(plans[0]).not.toMatch(/Seq Scan on orders|Aggregate/);
    });

    it('a page past the end still tells the number of all', async () => {
      const repository = own.service.app.get(OrdersRepository);
      expect(await repository.page({ page: 10_000_000 }, 1)).toEqual({
        data: [],
        meta: { per_page: 15, total: orders },
      });
      expect(await repository.page({ page: 2 }, 999)).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
    });

    it.each([1, 20, 50, Math.round(LAST / 2)])('page %i has a plan that is kept', async (number) => {
      const asked: Asked[] = [];
      await plansOf((listening) => new OrdersRepository(listening).page({ page: number }, 1), asked);
      expect(await executionsByKeptPlan(own.db, asked.at(-1))).toBeGreaterThan(0);
    });

    it.each([
      ['middle', Math.round(LAST / 2)],
      ['last', LAST],
    ])('the %s page is two statements of which none reads the orders through', async (_, number) => {
      const plans = await page({ page: number });
      expect(plans).toHaveLength(2);
      expect(plans[0]).toContain('account_totals');
      expect(plans[1]).toMatch(/Index.* Scan.* using orders_(newest|pkey)/);
      expect(plans.join('\n')).not.toMatch(/Seq Scan on orders|Aggregate/);
    });

    it('the last page is as near as the first one', async () => {
      const asked: (readonly Param[])[] = [];
      const listening = {
        exempt: ({ text }: ExemptRead, ...values: readonly Param[]) => {
          if (!text.includes('from orders')) return Promise.resolve([{ total: orders }]);
          asked.push(values);
          return Promise.resolve([]);
        },
      };
      await new OrdersRepository(listening as unknown as Transactions).page({ page: LAST }, 1);
      expect(asked).toEqual([[1, orders - (LAST - 1) * 15, 0]]);
    });

    const sorts = ORDER_SORT_KEYS.flatMap((key) =>
      (['asc', 'desc'] as const).map((order): [string, SortCriterion] => [`${key} ${order}`, { key, order }]),
    );
    it.each(sorts)('sorting by %s walks an index', async (_, criterion) => {
      const [plan] = await page({ sortBy: [criterion], page: 40 });
      expect(plan).toMatch(/Index Only Scan( Backward)? using orders_by_/);
      expect(plan).not.toMatch(/Seq Scan on orders/);
    });

    it('a search that one power center matches looks at that one', async () => {
      const plans = await page({ search: 'cp:7' });
      expect(plans.at(-1)).toMatch(/Index Scan.* using orders_(of_charge_point|newest|pkey)/);
      expect(plans.join('\n')).not.toMatch(/Seq Scan on orders/);
    });

    it('a search that all match walks the list and passes few over', async () => {
      const plans = await page({ search: 'cp', page: 2 });
      expect(plans.at(-1)).toMatch(/Index Scan.* using orders_(newest|pkey)/);
      expect(plans.join('\n')).not.toMatch(/Seq Scan on orders/);
    });

    it('one order, and those of one power center, are found by their indexes', async () => {
      const planOf = async (text: string, values: unknown[]) =>
        (await own.db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values))
          .map((row) => row['QUERY PLAN'])
          .join('\n');
      expect(await planOf(sql.ONE.text, [1, 77])).toMatch(/Index Scan using orders_(pkey|newest)/);
      expect(await planOf(sql.OF_CHARGE_POINT, [3, 1])).not.toMatch(/Seq Scan on orders/);
    });

    it('feedback is a page from an index, with its total from a counter', async () => {
      const [plan] = await plansOf((listening) => new FeedbackRepository(listening).page({}, 1));
      expect(plan).toMatch(/Index Scan.* using feedback_(newest|pkey)/);
      expect(plan).toMatch(/account_totals/);
      expect(plan).not.toMatch(/Seq Scan on (orders|feedback)/);
      const plans = await plansOf((listening) => new FeedbackRepository(listening).page({ search: 'a3f9c1' }, 1));
      // After the question among how many it is searched.
      const searched = plans.at(-1);
      expect(searched).toMatch(/feedback_search/);
    });
  });
}
