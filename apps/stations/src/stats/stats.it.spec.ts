import { chargePoints, type DailyStatsQuery, localDay, type RankingQuery, sites, stats } from '@open-cpo/contracts';
import { asStranger, asUser } from '@open-cpo/testing';
import { make, one, owner, rival, wrongIn } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';
import { ALL, OF_SITE, ONE, RANKED } from './stats.queries';
import { span } from './stats.rules';

describe('stats', () => {
  let stations: Stations;

  beforeAll(async () => {
    stations = await startStations('stats');
  });
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const DAY = 24 * 60 * 60 * 1000;
  const day = (ago: number, zone = 'Africa/Algiers') => localDay(zone, new Date(Date.now() - ago * DAY));
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

  const daily = (query: DailyStatsQuery = {}, caller = owner()) => stations.bus.call(stats.daily, query, caller);
  const ranking = (query: RankingQuery = {}, caller = owner()) => stations.bus.call(stats.ranking, query, caller);

  it('of days are those of the calendars, of all, of one and of a site', async () => {
    const { id: here } = await make(stations);
    const { id: dubai } = await make(stations, { latitude: 25.2, longitude: 55.3 });
    const { id: site } = await stations.bus.call(sites.create, { name: 'Port', chargePoints: [dubai] }, owner());
    await sell(here, '2025-05-10', '1');
    await sell(here, '2025-05-12', '2');
    await sell(dubai, '2025-05-10', '4');
    await sell(dubai, '2025-05-13', '8');
    const range = { from: '2025-05-09', to: '2025-05-12' };
    const all = await daily(range);
    expect(all).toMatchObject({ ...range, currency: 'DZD', time_zones: ['Africa/Algiers', 'Asia/Dubai'] });
    expect(all.days.map(({ date, earnings, ordersNb }) => [date, earnings, ordersNb])).toEqual([
      ['2025-05-09', '0.00', 0],
      ['2025-05-10', '681.05', 4],
      ['2025-05-11', '0.00', 0],
      ['2025-05-12', '272.42', 2],
    ]);
    const sum = { earnings: '953.47', chargingTime: '91.50', energyConsumed: '12.75', ordersNb: 6, co2Saved: 0.004 };
    expect(all.total).toEqual(sum);
    expect(all.days[1]?.co2Saved).toBe(0.003);

    const ofOne = await daily({ ...range, power_center_id: here });
    expect([ofOne.time_zones, ofOne.total.ordersNb, ofOne.days.length]).toEqual([['Africa/Algiers'], 4, 4]);
    const ofSite = await daily({ ...range, charging_site_id: site });
    expect([ofSite.time_zones, ofSite.total.ordersNb]).toEqual([['Asia/Dubai'], 2]);
    await stations.bus.call(chargePoints.remove, { id: here }, owner());
    expect((await daily(range)).total).toEqual(all.total);
  });

  it('of days are two weeks up to today unless others are asked for', async () => {
    const { id } = await make(stations);
    await sell(id, day(0), '1');
    await sell(id, day(13), '1');
    await sell(id, day(14), '1');
    const { from, to, total, time_zones } = await daily();
    expect([from, to, total.ordersNb, time_zones]).toEqual([day(13), day(0), 4, ['Africa/Algiers']]);
    expect((await daily({}, rival())).time_zones).toEqual(['Asia/Amman']);
  });

  it('of days are the owner’s alone, and bounded', async () => {
    const { id } = await make(stations);
    const { id: site } = await stations.bus.call(sites.create, { name: 'Port', chargePoints: [id] }, owner());
    await sell(id, day(0), '1');
    const code = (query: DailyStatsQuery, caller = owner()) =>
      daily(query, caller).then(
        ({ total }) => total.ordersNb,
        ({ code: refused }: { code: string }) => refused,
      );
    expect(await code({ power_center_id: id })).toBe(2);
    expect(await code({ charging_site_id: site })).toBe(2);
    expect(await code({}, rival())).toBe(0);
    expect(await code({ power_center_id: id }, rival())).toBe('forbidden');
    expect(await code({ charging_site_id: site }, rival())).toBe('forbidden');
    expect(await code({ power_center_id: 9999 })).toBe('not_found');
    expect(await code({ charging_site_id: 9999 })).toBe('not_found');
    for (const wrong of [{ from: '2025-01-01', to: '2025-12-31' }, { from: 'x' }, { from: '2025-02-30' }]) {
      expect(await code(wrong)).toBe('validation_failed');
    }
    expect(await code({ power_center_id: id, charging_site_id: site })).toBe('validation_failed');
  });

  it('rank power centers by what they earned in the viewer’s currency', async () => {
    const ids: number[] = [];
    for (const usd of ['5', '1', '3', null]) {
      const { id } = await make(stations);
      ids.push(id);
      if (usd) await sell(id, day(1), usd);
    }
    const [five, one, three, none] = ids;
    await sell(one ?? 0, day(40), '1000');
    const settled = JSON.stringify({ DZD: ['5', '100'] });
    await stations.db.query('update charge_point_days set earned = $2 where charge_point_id = $1', [five, settled]);
    const { id: removed } = await make(stations);
    await sell(removed, day(1), '500');
    await stations.bus.call(chargePoints.remove, { id: removed }, owner());
    const shown = await ranking();
    const found = ({ best, worst }: typeof shown) => [best.map(({ id }) => id), worst.map(({ id }) => id)];
    // Settled in dinars at the rate of that day, the first one earned less than the others at today's.
    expect(found(shown)).toEqual([
      [three, one],
      [none, five],
    ]);
    expect(shown.best[0]).toMatchObject({ earnings: '408.63', ordersNb: 2 });
    expect(shown.worst[0]).toMatchObject({ earnings: '0.00', ordersNb: 0 });
    expect(found(await ranking({ count: 1 }))).toEqual([[three], [none]]);
    expect(found(await ranking({}, rival()))).toEqual([[], []]);
    await expect(ranking({ count: 21 })).rejects.toMatchObject({ code: 'validation_failed' });
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
    await stations.db.query(`insert into charging_sites (id, account_id, name) values (1, 3, 'Port')`);
    await stations.db.query('update charge_points set charging_site_id = 1 where id in (22, 42)');
    await stations.db.query('analyze charge_points, charge_point_days');
    const planOf = async (text: string, first: number, more: readonly unknown[] = []): Promise<string> => {
      const rows = await stations.db.query(`explain ${text}`, [first, ...span(new Date()), 'DZD', ...more]);
      return rows.map((row) => String(Object.values(row)[0])).join('\n');
    };
    expect(await planOf(ALL, 3)).toMatch(/charge_point_days_of_account/);
    expect(await planOf(ONE, 17)).toMatch(/charge_point_days_pkey/);
    expect(await planOf(OF_SITE, 1)).toMatch(
      /charge_points_of_site[^]*charge_point_days_pkey|charge_point_days_pkey[^]*charge_points_of_site/,
    );
    expect(await planOf(RANKED, 3, ['136.2', 5])).toMatch(/charge_point_days_of_account/);
    for (const text of [ALL, ONE, OF_SITE]) expect(await planOf(text, 3)).not.toMatch(/Seq Scan on charge_point_days/);
    expect(await planOf(RANKED, 3, ['136.2', 5])).not.toMatch(/Seq Scan on charge_point_days/);
  });
});
