import { stationsOperators } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import fc from 'fast-check';
import { make, rival } from '../test/charge-points';
import { order, TestOrders } from '../test/orders';
import { empty, startStations, type Stations } from '../test/stations';

/** All that is derived. */
const DERIVED = [
  `select id, total_earnings_usd, total_energy, total_sessions_time, orders_count, rating, rating_sum, rating_count,
     total_earned, earning_day::text, earning_day_usd, earning_day_earned from charge_points order by id`,
  'select *, day::text as date from charge_point_days order by charge_point_id, day',
  'select * from charge_point_orders where stage % 2 = 0 order by order_id',
  'select * from charge_point_ratings order by feedback_id',
];

describe('the figures of power centers', () => {
  let stations: Stations;
  let orders: TestOrders;
  let told = 0;

  beforeAll(async () => {
    stations = await startStations('rebuild');
    orders = new TestOrders(stations);
    await orders.serve();
  });
  afterAll(async () => {
    await orders?.stop();
    await stations?.stop();
  });
  const anew = async (): Promise<void> => {
    orders.closed.clear();
    orders.others.clear();
    orders.ratings.clear();
    await empty(stations);
    await make(stations);
    await make(stations, { latitude: 36.7, longitude: 3.05 });
    await make(stations, {}, rival());
  };
  beforeEach(anew);

  const derived = async (): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for (const text of DERIVED) rows.push(...(await stations.db.query(text)));
    return rows;
  };
  const rebuild = (after?: number) =>
    stations.bus.call(stationsOperators.rebuild, { by: 'me@here', after }, internalCaller({}, 60_000));
  /** A last order and a last rating, which show that all before them were received. */
  const heard = async (): Promise<void> => {
    told += 1;
    const last = 1_000_000 + told;
    const about = { order_id: last, charge_point_id: 3, account_id: 2 };
    await orders.completed(about);
    await orders.rated('3.00', { ...about, feedback_id: last });
    const known = `select 1 from charge_point_orders join charge_point_ratings on feedback_id = order_id
      where order_id = $1`;
    await until(async () => (await stations.db.query(known, [last])).length > 0, 'everything to be heard');
  };

  const pointOf = (order_id: number) => 1 + (order_id % 3);
  const deeds = fc.record({
    order_id: fc.integer({ min: 1, max: 12 }),
    day: fc.constantFrom('2025-05-01', '2025-05-02', order().day),
    earning_usd: fc.integer({ min: 0, max: 10 ** 9 }).map((cents) => (cents / 100).toFixed(8)),
    minutes: fc.integer({ min: 0, max: 10 ** 6 }).map((n) => (n / 100).toFixed(4)),
    rating: fc.integer({ min: 0, max: 50 }).map((n) => (n / 10).toFixed(2)),
    kind: fc.constantFrom('completed', 'corrected', 'reversed', 'rated', 'repeated'),
  });
  type ChangeKind = typeof deeds extends fc.Arbitrary<infer T> ? T : never;

  /** Moves an order one step on, and publishes it. */
  const live = async ({ kind, rating, ...deed }: ChangeKind): Promise<void> => {
    const charge_point_id = pointOf(deed.order_id);
    const account_id = charge_point_id === 3 ? 2 : 1;
    const known = orders.closed.get(deed.order_id);
    const about = { ...deed, charge_point_id, account_id };
    if (kind === 'rated') return orders.rated(rating, { ...about, feedback_id: deed.order_id });
    if (kind === 'repeated' && known) return orders.completed(known);
    if (kind === 'reversed' && known) return orders.reversed(known);
    if (kind === 'corrected' && known) {
      await orders.reversed(known);
      return orders.completed({ ...known, ...about, revision: known.revision + 1 });
    }
    if (!known && !gone.has(deed.order_id)) return orders.completed(about);
  };
  const gone = new Set<number>();

  it('rebuilt are what events had made of them', async () => {
    const anyLife = fc.array(deeds, { minLength: 5, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyLife, async (life) => {
        await anew();
        gone.clear();
        for (const deed of life) {
          await live(deed);
          if (deed.kind === 'reversed') gone.add(deed.order_id);
        }
        await heard();
        const before = await derived();
        expect(await rebuild()).toEqual({ rows: 3, corrected: 0, next: null });
        expect(await derived()).toEqual(before);
        // And from nothing.
        await stations.db.query('truncate charge_point_orders, charge_point_days, charge_point_ratings');
        await stations.db.query('update charge_points set total_energy = 1, orders_count = 9, rating = 5');
        expect(await rebuild()).toMatchObject({ rows: 3, corrected: 3 });
        expect(await derived()).toEqual(before);
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  it('that were wrong are right again, and told', async () => {
    await orders.completed();
    await orders.completed({ order_id: 2 });
    await orders.rated('4.00');
    await heard();
    const before = await derived();
    await stations.db.query('update charge_points set total_earnings_usd = 1 where id = 1');
    await stations.db.query('delete from charge_point_days where charge_point_id = 1');
    await stations.db.query('delete from charge_point_orders where order_id = 2');
    await stations.db.query('truncate outbox');
    expect(await rebuild()).toMatchObject({ corrected: 1 });
    expect(await derived()).toEqual(before);
    const domainEvents = await stations.db.query<{ name: string }>('select name from outbox');
    expect(domainEvents.map(({ name }) => name)).toEqual(['facts.stations.charge-points.changed.1']);
    const audited = `select after from audit_log where action like '%rebuild%' order by id desc limit 1`;
    const [entry] = await stations.db.query(audited);
    expect(entry).toMatchObject({ after: { corrected: 1, by: 'me@here' } });
  });

  it('do not count twice what is heard after they were rebuilt', async () => {
    const completed = order({ order_id: 5 });
    orders.closed.set(5, completed);
    orders.ratings.set(1, { feedback_id: 1, order_id: 5, account_id: 1, charge_point_id: 1, rating: '3.00' });
    expect(await rebuild()).toMatchObject({ corrected: 1 });
    await orders.completed(completed);
    await orders.rated('3.00');
    await heard();
    const [row] = await stations.db.query('select orders_count, rating_count from charge_points where id = 1');
    expect(row).toEqual({ orders_count: 1, rating_count: 1 });
  });

  it('lose what orders has taken back without our hearing of it', async () => {
    await orders.completed({ order_id: 5 });
    await heard();
    orders.closed.delete(5);
    expect(await rebuild()).toMatchObject({ corrected: 1 });
    await orders.reversed({ order_id: 5 });
    await heard();
    const [row] = await stations.db.query('select orders_count, total_energy from charge_points where id = 1');
    expect(row).toEqual({ orders_count: 1, total_energy: '0.0000' });
  });

  it('are gone through in parts', async () => {
    for (let n = 4; n <= 60; n += 1) await make(stations);
    expect(await rebuild()).toEqual({ rows: 50, corrected: 0, next: 50 });
    expect(await rebuild(50)).toEqual({ rows: 10, corrected: 0, next: null });
  });

  it('stay as they are while orders is away', async () => {
    await orders.stop();
    await expect(rebuild()).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
