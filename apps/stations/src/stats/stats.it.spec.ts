import { chargePoints, stats } from '@open-cpo/contracts';
import { asStranger, asUser } from '@open-cpo/testing';
import { dayIn } from '../charge-points/time-zone';
import { make, one, owner, rival, wrongIn } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';
import { ALL, ONE } from './stats.queries';
import { span } from './stats.rules';

describe('stats', () => {
  let stations: Stations;

  beforeAll(async () => {
    stations = await startStations('stats');
  });
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const DAY = 24 * 60 * 60 * 1000;
  const day = (ago: number, zone = 'Africa/Algiers') => dayIn(zone, new Date(Date.now() - ago * DAY));
  const sell = async (id: number, on: string, usd: string, account = 1): Promise<void> => {
    await stations.db.query(
      `insert into charge_point_days (charge_point_id, day, account_id, orders, minutes, energy, earnings_usd)
       values ($1, $2, $3, 2, 30.5, 4.25, $4)`,
      [id, on, account, usd],
    );
    await stations.db.query('update charge_points set total_energy = total_energy + 4.25 where id = $1', [id]);
  };
  const ofOne = (id: number, caller = owner()) => stations.bus.call(stats.one, { id }, caller);
  const ofAll = (caller = owner()) => stations.bus.call(stats.all, {}, caller);

  it('of a power center are today’s, of seven days and of a month', async () => {
    const { id } = await make(stations);
    await sell(id, day(0), '1');
    await sell(id, day(3), '10');
    await sell(id, day(20), '100');
    await sell(id, day(50), '1000');
    const shown = await ofOne(id);
    expect(wrongIn(44, shown)).toEqual([]);
    expect(shown.today).toEqual({ earnings: '136.21', chargingTime: '30.50', energyConsumed: '4.25', ordersNb: 2 });
    expect(shown.thisWeek).toMatchObject({ earnings: '1498.30', ordersNb: 4 });
    expect(shown.thisMonth).toMatchObject({ earnings: '15119.24', ordersNb: 6 });
    expect(shown.today).not.toHaveProperty('date');
  });

  it('without any sale are zeros', async () => {
    const { id } = await make(stations);
    expect(wrongIn(44, await ofOne(id))).toEqual([]);
    expect(await ofOne(id)).toEqual(await ofAll());
  });

  it('of all are the sum of each one’s, whatever its calendar', async () => {
    const places = [{}, { latitude: 25.2, longitude: 55.3 }, { latitude: 21.3, longitude: -157.8 }];
    const zones = ['Africa/Algiers', 'Asia/Dubai', 'Pacific/Honolulu'];
    const ids: number[] = [];
    for (const [at, place] of places.entries()) {
      const { id } = await make(stations, place);
      ids.push(id);
      await sell(id, day(0, zones[at]), '1');
      await sell(id, day(7, zones[at]), '2');
    }
    const { id: removed } = await make(stations);
    await sell(removed, day(0), '500');
    await stations.bus.call(chargePoints.remove, { id: removed }, owner());
    const all = await ofAll();
    const each = await Promise.all(ids.map((id) => ofOne(id)));
    expect(each.map(({ today }) => today.ordersNb)).toEqual([2, 2, 2]);
    // What a removed one has brought stays.
    expect([all.today.ordersNb, all.thisWeek.ordersNb]).toEqual([8, 14]);
    expect(all.thisWeek.energyConsumed).toBe('29.75');
    expect(wrongIn(44, all)).toEqual([]);
  });

  it('show today what the power center shows as its earning', async () => {
    const { id } = await make(stations);
    await sell(id, day(0), '3');
    await stations.db.query('update charge_points set earning_day = $2, earning_day_usd = 3 where id = $1', [
      id,
      day(0),
    ]);
    expect((await one(stations, id)).earning).toBe((await ofOne(id)).today.earnings);
  });

  it('are the owner’s alone', async () => {
    const { id } = await make(stations);
    await sell(id, day(0), '1');
    await expect(ofOne(id, rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ofOne(9999)).rejects.toMatchObject({ code: 'not_found' });
    await expect(stations.bus.call(stats.all, {}, asStranger())).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await ofAll(rival())).thisMonth.ordersNb).toBe(0);
    expect(await stations.bus.call(stats.sustainability, {}, rival())).toBe(0);
  });

  it('know what was saved by all the energy there ever was', async () => {
    const saved = (caller = owner()) => stations.bus.call(stats.sustainability, {}, caller);
    expect(await saved()).toBe(0);
    const { id } = await make(stations);
    await stations.db.query('update charge_points set total_energy = 115373.3333 where id = $1', [id]);
    expect(await saved()).toBe(34.612);
    expect(await saved(asUser({ accountId: 1, currency: 'USD' }))).toBe(34.612);
  });

  it('read days by their indexes, not every day there was', async () => {
    await stations.db.query(`
      insert into charge_points (account_id, identifier, token, category, title, time_zone, created_at, updated_at)
      select 1 + n % 20, 'PS_' || n, 'T' || n, 'EV_CHARGER', 'x', 'UTC', now(), now() from generate_series(1, 1000) n`);
    await stations.db.query(`
      insert into charge_point_days (charge_point_id, day, account_id, orders, minutes, energy, earnings_usd)
      select id, current_date - d, account_id, 1, 1, 1, 1 from charge_points, generate_series(0, 99) d`);
    await stations.db.query('analyze charge_points, charge_point_days');
    const planOf = async (text: string, first: number): Promise<string> => {
      const rows = await stations.db.query(`explain ${text}`, [first, ...span(new Date()), 'DZD']);
      return rows.map((row) => String(Object.values(row)[0])).join('\n');
    };
    expect(await planOf(ALL, 3)).toMatch(/charge_point_days_of_account/);
    expect(await planOf(ONE, 17)).toMatch(/charge_point_days_pkey/);
    for (const text of [ALL, ONE]) expect(await planOf(text, 3)).not.toMatch(/Seq Scan on charge_point_days/);
  });
});
