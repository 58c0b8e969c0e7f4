import { chargePoints, rangePrices, stationsPrices } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { make, owner } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('the history of prices', () => {
  let stations: Stations;

  beforeAll(async () => {
    stations = await startStations('price_history');
  });
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const at = (id: number, moment: string) =>
    stations.bus.call(stationsPrices.at, { asked: [{ id, at: moment }] }, internalCaller());
  const priceAt = async (id: number, moment: string) => (await at(id, moment)).versions[0]?.price_amount;
  const change = (id: number, price: string) =>
    stations.bus.call(chargePoints.change, { id, price, price_currency: 'DZD' }, owner());
  const now = () => new Date().toISOString();

  it('has every change that was acknowledged, at its moment', async () => {
    const { id } = await make(stations);
    await change(id, '4');
    const first = now();
    await change(id, '5');
    const second = now();
    expect(await priceAt(id, first)).toBe('4.00');
    expect(await priceAt(id, second)).toBe('5.00');
    expect((await at(id, second)).as_of >= second).toBe(true);
  });

  it('tells of ranges what was entered', async () => {
    const { id } = await make(stations);
    const range = { charge_point_id: id, price: '3', startingTime: '20:00', endingTime: '23:59' };
    await stations.bus.call(rangePrices.create, range, owner());
    expect((await at(id, now())).versions[0]?.ranges).toEqual([
      expect.objectContaining({ amount: '3.00', currency: 'DZD', starting: '20:00', ending: '23:59' }),
    ]);
  });

  it('answers the last prices of the first day for a moment before it, and nothing for nothing', async () => {
    const { id } = await make(stations);
    await change(id, '9');
    expect(await priceAt(id, '2020-01-01T00:00:00Z')).toBe('9.00');
    expect((await at(id + 1, now())).versions).toEqual([]);
  });

  it('has a new version where the same amount is in another currency', async () => {
    const { id } = await make(stations);
    await change(id, '9');
    await stations.bus.call(chargePoints.change, { id, price: '9', price_currency: 'AED' }, owner());
    expect((await at(id, now())).versions[0]).toMatchObject({ price_amount: '9.00', price_currency: 'AED' });
  });
});
