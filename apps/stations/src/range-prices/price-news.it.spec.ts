import { type ChargePointPricesChanged, rangePrices } from '@open-cpo/contracts';
import { priceSession } from '@open-cpo/pricing';
import { asUser } from '@open-cpo/testing';
import { change, make } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

const inDollars = () => asUser({ accountId: 1, currency: 'USD', timeZone: 'Africa/Algiers' });

describe('what other services hear of prices', () => {
  let stations: Stations;
  let id: number;

  beforeAll(async () => (stations = await startStations('price_news')));
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    ({ id } = await make(stations, {}, inDollars()));
  });

  const told = async (): Promise<ChargePointPricesChanged[]> => {
    const rows = await stations.db.query<{ payload: ChargePointPricesChanged }>(
      'select payload from outbox where name = $1 order by id',
      [`facts.stations.charge-points.prices-changed.${id}`],
    );
    return rows.map(({ payload }) => payload);
  };
  const set = (body: Record<string, unknown>) => change(stations, id, body, inDollars());
  const addRange = (price: number, startingTime: string, endingTime: string) =>
    stations.bus.call(
      rangePrices.create,
      { charge_point_id: id, price: String(price), startingTime, endingTime },
      inDollars(),
    );

  it('begins with the power center itself', async () => {
    expect(await told()).toEqual([
      {
        id,
        account_id: 1,
        time_zone: 'Africa/Algiers',
        price_unit: 'minutes',
        price_usd: '0',
        price_amount: null,
        price_currency: null,
        session_limit_type: null,
        session_limit_value: 0,
        ranges: [],
        valid_from: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
      },
    ]);
  });

  it.each<[string, Record<string, unknown>, object]>([
    ['a base price', { price: 2.5 }, { price_usd: '2.50000000' }],
    ['a unit', { price_unit: 'energy' }, { price_unit: 'energy' }],
    ['a limit', { session_limit_type: 'minutes', session_limit_value: 90 }, { session_limit_value: 90 }],
    ['a place, and with it the zone', { latitude: 40.7, longitude: -74 }, { time_zone: 'America/New_York' }],
  ])('goes on with %s', async (_, body, part) => {
    await set(body);
    const [, news, ...more] = await told();
    expect(news).toMatchObject(part);
    expect(more).toEqual([]);
  });

  it('is silent about what costs nothing', async () => {
    await set({ title: 'Another', listed: true, connectors: [{ id: 1, number: 1 }] });
    expect(await told()).toHaveLength(1);
  });

  it('has every range after each change of one, in the order of the day', async () => {
    const late = await addRange(5, '20:00', '23:59');
    const early = await addRange(1, '00:00', '06:00');
    await stations.bus.call(rangePrices.change, { id: late.id, price: '6' }, inDollars());
    await stations.bus.call(rangePrices.remove, { id: early.id }, inDollars());
    const night = {
      id: late.id,
      price_usd: '5.00000000',
      amount: '5.00',
      currency: 'USD',
      starting: '20:00',
      ending: '23:59',
    };
    const morning = {
      id: early.id,
      price_usd: '1.00000000',
      amount: '1.00',
      currency: 'USD',
      starting: '00:00',
      ending: '06:00',
    };
    const raised = { ...night, price_usd: '6.00000000', amount: '6.00' };
    const versions = await told();
    expect(versions.map(({ ranges }) => ranges)).toEqual([[], [night], [morning, night], [morning, raised], [raised]]);
    const moments = versions.map(({ valid_from }) => valid_from);
    expect([...new Set(moments)].sort()).toEqual(moments);
  });

  it('is all that it takes to price a session', async () => {
    await set({ price: 2 });
    await addRange(5, '20:00', '23:59');
    const news = (await told()).at(-1) as ChargePointPricesChanged;
    const { total } = priceSession({
      startedAt: new Date('2025-05-12T18:30:00Z'),
      endedAt: new Date('2025-05-12T19:30:00Z'),
      energyWh: '0',
      unit: news.price_unit,
      timeZone: news.time_zone,
      basePrice: news.price_usd,
      ranges: news.ranges.map(({ price_usd: price, ...range }) => ({ ...range, price })),
    });
    expect(total).toBe('210');
  });
});
