import { type ChargePointFull, type ChargePointListRow, type ChargePointRow, chargePoints } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { asUser } from '@open-cpo/testing';
import { change, inEnvelope, make, one, owner, rival, wrongIn } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('power centers', () => {
  let stations: Stations;

  beforeAll(async () => (stations = await startStations('reads')));
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const table = (query: object = {}, caller = owner()) => stations.bus.call(chargePoints.table, query, caller);
  const titles = async (query: object, caller = owner()) => (await table(query, caller)).data.map(({ title }) => title);
  const all = (caller = owner(), query = {}) =>
    allRows<ChargePointListRow>(stations.bus.stream(chargePoints.all, query, caller));
  const rows = () => allRows<ChargePointRow>(stations.bus.stream(chargePoints.rows, {}, owner()));
  const full = (caller = owner()) => allRows<ChargePointFull>(stations.bus.stream(chargePoints.full, {}, caller));

  it('have the documented shapes, with `listed` once a number and once a boolean', async () => {
    const { id } = await make(stations, { title: 'Shown', latitude: 36.7, longitude: 3.05 });
    await change(stations, id, { listed: true, connectors: [{ id: 3, number: 1 }], amenities: [2, 1], type: 4 });
    expect(wrongIn(38, await all())).toEqual([]);
    expect(wrongIn(39, inEnvelope(await table()))).toEqual([]);
    expect(wrongIn(43, await one(stations, id))).toEqual([]);
    expect((await all()).map(({ listed }) => listed)).toEqual([1]);
    expect((await table()).data.map(({ listed }) => listed)).toEqual([true]);
    expect(await rows()).toEqual((await table()).data);
    expect(await full()).toEqual([await one(stations, id)]);
  });

  it('are shown whole with their 42 keys in the documented order', async () => {
    const { id } = await make(stations);
    const keys = Object.keys(await one(stations, id));
    expect(keys).toHaveLength(42);
    expect(keys.slice(0, 6)).toEqual(['id', 'identifier', 'category', 'title', 'description', 'latitude']);
    expect(keys.slice(-3)).toEqual(['booked_by_current_user', 'used_by_current_user', 'earning']);
  });

  it('look like the documented sample when they are like it', async () => {
    const { id, token } = await make(stations, {
      title: 'test open source API',
      identifier: 'PS_67DF25E57A981',
      latitude: 36.64575836483359,
      longitude: 2.9176092880736184,
      address_line_1: 'Tassala',
    });
    await change(stations, id, { connectors: [{ id: 3, number: 1 }] });
    expect(await one(stations, id)).toMatchObject({
      token,
      latitude: '36.64575836483359',
      longitude: '2.9176092880736184',
      image: 'http://api.test/images/charge-point-1.jpeg',
      owner_id: 11,
      address: { address_line_1: 'Tassala', city: null },
      connectors: [
        {
          id: 3,
          name: 'Type 1 - J1772',
          icon: 'http://icons.test/connectors/Type 1.png',
          type: '',
          max_power: 0,
          status: 'unavailable',
          number: 1,
        },
      ],
      total_energy: 0,
      price: '0.00',
      price_usd: 0,
      reservation_fee: '68.10',
    });
  });

  it('show amounts in the currency of who looks, to the cent as the reference does', async () => {
    const { id } = await make(stations);
    await stations.db.query(
      `update charge_points set price_amount = 4767.33, price_currency = 'USD', price_usd = 4767.33,
       total_earnings_usd = 125, total_energy = 53469.5, total_sessions_time = 51.77, orders_count = 3, rating = 4.5`,
    );
    const figures = { total_energy: 53469.5, total_sessions_time: 51.77, orders_count: 3, rating: '4.50' };
    expect(await one(stations, id)).toMatchObject({
      ...figures,
      price: '649355.19',
      price_usd: 4767.33,
      total_earnings: '17026.18',
    });
    const inDollars = asUser({ currency: 'USD' });
    expect(await one(stations, id, inDollars)).toMatchObject({ price: '4767.33', reservation_fee: '0.50' });
    const withoutRate = asUser({ currency: 'XTS' });
    expect(await one(stations, id, withoutRate)).toMatchObject({ price: '4767.33', total_earnings: '125.00' });
  });

  it('show as earning what today has brought by their own clock', async () => {
    const { id } = await make(stations, { latitude: -21.2, longitude: -159.8 });
    const earn = (day: string) =>
      stations.db.query(`update charge_points set earning_day_usd = 7, earning_day = (${day})::date`);
    await earn(`now() at time zone 'Pacific/Rarotonga'`);
    expect(await one(stations, id)).toMatchObject({ earning: '953.47' });
    expect((await table()).data[0]).toMatchObject({ earning: '953.47' });
    await earn(`(now() at time zone 'Pacific/Rarotonga') - interval '1 day'`);
    expect(await one(stations, id)).toMatchObject({ earning: '0.00' });
    expect((await all())[0]).toMatchObject({ earning: '0.00' });
  });

  it('come newest first, in pages with a total', async () => {
    for (let i = 1; i <= 20; i += 1) await make(stations, { title: `n${i}` });
    expect(await table()).toMatchObject({
      data: { length: 15, 0: { title: 'n20' } },
      meta: { per_page: 15, total: 20 },
    });
    expect(await titles({ page: 2 })).toEqual(['n5', 'n4', 'n3', 'n2', 'n1']);
    expect(await table({ itemsPerPage: 3, page: 99 })).toEqual({ data: [], meta: { per_page: 3, total: 20 } });
    expect((await all()).map(({ title }) => title).slice(0, 2)).toEqual(['n20', 'n19']);
  });

  it.each([
    ['a page that is no number', { page: 'x' }, { page: ['The page field must be an integer.'] }],
    ['pages that are too long', { itemsPerPage: 5000 }, 'items_per_page'],
  ])('refuse %s', async (_, query, fields) => {
    const expected = typeof fields === 'string' ? { [fields]: expect.any(Array) as string[] } : fields;
    await expect(table(query)).rejects.toMatchObject({ code: 'validation_failed', fields: expected });
  });

  it('are found by title and identifier, in any case and script, wildcards taken literally', async () => {
    await make(stations, { title: 'محطة الجزائر', identifier: 'alg-1' });
    await make(stations, { title: 'Station 50%', identifier: 'CP:DDEE36' });
    await make(stations, { title: 'Station 500', identifier: 'x_y' });
    expect(await titles({ search: 'الجزائر' })).toEqual(['محطة الجزائر']);
    expect(await titles({ search: 'cp:ddee' })).toEqual(['Station 50%']);
    expect(await titles({ search: '50%' })).toEqual(['Station 50%']);
    expect(await titles({ search: 'x_y' })).toEqual(['Station 500']);
    expect(await titles({ search: 'st' })).toEqual(['Station 500', 'Station 50%']);
    expect(await titles({ search: 'ta' })).toEqual(['Station 500', 'Station 50%']);
    expect(await titles({ search: '%' })).toEqual(['Station 50%']);
    expect(await titles({ search: '_' })).toEqual(['Station 500']);
    expect((await all(owner(), { search: 'STATION' })).length).toBe(2);
  });

  it.each([
    ['محطة أحمد', 'محطه احمد'],
    ['آسفي', 'اسفي'],
    ['مَحَطّة', 'محطــــة'],
    ['الدوري', 'الدورى'],
    ['محطة 12', '١٢'],
    ['محطة ۱۲', '12'],
    ['محطة 12', '2'],
    ['café', 'cafe\u0301'],
    ['café', 'CAFE'],
    ['σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['Harbour', '\u200Fharbour'],
    ['Har\u200Bbour', 'harbour'],
    ['a\u00A0b', 'A B'],
  ])('%s is found by %s, and the other way around', async (title, search) => {
    const whole = search.length > 2 ? search : title;
    await make(stations, { title });
    await make(stations, { title: whole }, rival());
    expect(await titles({ search })).toEqual([title]);
    expect((await all(owner(), { search })).length).toBe(1);
    expect((await table({ search: title }, rival())).meta.total).toBe(1);
  });

  it('are counted right whatever comes and goes', async () => {
    const total = async () => (await table()).meta.total;
    expect(await total()).toBe(0);
    const ids = await Promise.all([make(stations), make(stations), make(stations)]);
    await make(stations, {}, rival());
    expect(await total()).toBe(3);
    await stations.bus.call(chargePoints.remove, { id: ids[1].id }, owner());
    expect(await total()).toBe(2);
    await stations.db.query(`update charge_points set deleted_at = null, connected = true`);
    expect(await total()).toBe(3);
    await stations.db.query(`delete from charge_points where account_id = 1`);
    expect([await total(), (await table({}, rival())).meta.total]).toEqual([0, 1]);
  });

  it('of one owner are neither seen nor counted by another', async () => {
    const { id } = await make(stations, { title: 'Mine' });
    await make(stations, { title: 'Theirs' }, rival());
    expect(await titles({})).toEqual(['Mine']);
    expect(await table({ search: 'mine' }, rival())).toMatchObject({ data: [], meta: { total: 0 } });
    expect((await all(rival())).map(({ title }) => title)).toEqual(['Theirs']);
    expect((await full(rival())).map(({ title }) => title)).toEqual(['Theirs']);
    await expect(one(stations, id, rival())).rejects.toMatchObject({ code: 'forbidden', message: expect.any(String) });
    await expect(one(stations, 4711, rival())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are not shown to strangers', async () => {
    const stranger = { ...owner(), identity: undefined };
    await expect(table({}, stranger)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(all(stranger)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('stream by the thousand', async () => {
    await stations.db.query(
      `insert into charge_points (account_id, identifier, token, category, title, time_zone, created_at, updated_at)
       select 1, 'i' || n, 't' || n, 'EV_CHARGER', 'n' || n, 'UTC', now(), now() from generate_series(1, 3000) n`,
    );
    const ids = (await full()).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 3000 }, (_, i) => 3000 - i));
  });
});
