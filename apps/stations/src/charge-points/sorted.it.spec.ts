import { type ChargePointListRow, type ChargePointRow, chargePoints } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { make, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('power centers in an order', () => {
  let stations: Stations;

  beforeAll(async () => (stations = await startStations('sorted')));
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const table = (query: object = {}, caller = owner()) => stations.bus.call(chargePoints.table, query, caller);
  const titles = async (query: object) => (await table(query)).data.map(({ title }) => title);
  const all = (query: object) => allRows<ChargePointListRow>(stations.bus.stream(chargePoints.all, query, owner()));
  const KEYS = ['title', 'identifier', 'status', 'earning', 'rating'] as const;
  const make6 = async () => {
    const ids: number[] = [];
    for (const title of ['beta', 'Alpha', 'éclair', 'alpha', 'Zed', '10 Downing']) {
      ids.push((await make(stations, { title })).id);
    }
    const [a, b, c, d, e] = ids;
    const set = (columns: string, id: number | undefined) =>
      stations.db.query(`update charge_points set ${columns} where id = $1`, [id]);
    const today = `(now() at time zone time_zone)::date`;
    await set('configured = true, connected = true, rating = 4.5', a);
    await set('configured = true, connected = true, busy = true', b);
    await set('configured = true, connected = true, reserved = true, rating = 4.5', c);
    await set(`earning_day = ${today}, earning_day_usd = 2, rating = 1`, d);
    // Settled in dinars for less than today's rate, and of yesterday.
    await set(`earning_day = ${today}, earning_day_usd = 3, earning_day_earned = '{"DZD": ["3", "100"]}'`, e);
    await set(`earning_day = ${today} - 1, earning_day_usd = 500`, a);
  };
  const sorted = async (key: string, order: 'asc' | 'desc', query = {}) =>
    (await table({ ...query, sortBy: [{ key, order }] })).data;

  it('are as they are shown, both ways, whole in all forms of the list and in pages', async () => {
    await make6();
    const ranks = ['available', 'busy', 'booked', 'unavailable'];
    const shown: Record<string, (row: ChargePointRow) => string | number> = {
      title: ({ title }) => title.toLowerCase(),
      identifier: ({ identifier }) => identifier,
      status: ({ status }) => ranks.indexOf(status),
      earning: ({ earning }) => Number(earning),
      rating: ({ rating }) => Number(rating),
    };
    for (const key of KEYS) {
      const up = await sorted(key, 'asc');
      const down = await sorted(key, 'desc');
      expect([key, up.length]).toEqual([key, 6]);
      expect([key, down.map(({ id }) => id)]).toEqual([key, up.map(({ id }) => id).reverse()]);
      const values = up.map((row) => shown[key]?.(row) ?? 0);
      // Texts are in the order of the database's collation.
      const ordered = [...values].sort((x, y) => (typeof x === 'number' ? x - Number(y) : 0));
      expect([key, values]).toEqual([key, ordered]);
      const pages: number[] = [];
      for (const page of [1, 2, 3]) {
        pages.push(...(await sorted(key, 'asc', { itemsPerPage: 2, page })).map(({ id }) => id));
      }
      expect([key, pages]).toEqual([key, up.map(({ id }) => id)]);
      const listed = await all({ sortBy: [{ key, order: 'asc' }] });
      expect([key, listed.map(({ id }) => id)]).toEqual([key, up.map(({ id }) => id)]);
    }
    expect((await sorted('title', 'asc')).map(({ title }) => title)).toEqual([
      '10 Downing',
      ...['Alpha', 'alpha', 'beta'],
      ...(await titles({ sortBy: [{ key: 'title', order: 'asc' }] })).slice(4),
    ]);
    expect((await sorted('earning', 'desc')).map(({ earning }) => earning).slice(0, 3)).toEqual([
      '272.42',
      '100.00',
      '0.00',
    ]);
  });

  it('are searched as well', async () => {
    await make6();
    for (const key of KEYS) {
      expect((await sorted(key, 'asc', { search: 'alpha' })).length).toBe(2);
    }
    expect((await sorted('title', 'desc', { search: 'a' })).map(({ title }) => title)).toContain('éclair');
  });

  it('that there is not are refused', async () => {
    await expect(sorted('id', 'asc')).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(table({ sortBy: '{}' })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('are of the account alone', async () => {
    await make6();
    expect(await table({ sortBy: [{ key: 'earning', order: 'desc' }] }, rival())).toMatchObject({ data: [] });
  });
});
