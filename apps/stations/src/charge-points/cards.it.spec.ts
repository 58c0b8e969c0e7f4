import { type ChargePointChanged, chargePoints, type NextCards, stationsInternal } from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { change, make, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('power centers for those who keep them elsewhere', () => {
  let stations: Stations;

  beforeAll(async () => {
    stations = await startStations('cards');
  });
  afterAll(() => stations?.stop());
  beforeEach(() => empty(stations));

  const cards = (query: NextCards) =>
    allRows<ChargePointChanged>(stations.bus.stream(stationsInternal.cards, query, internalCaller()));
  /** The last event of each. */
  const told = async () => {
    const rows = await stations.db.query<{ payload: string }>(
      `select distinct on (aggregate) payload::text as payload from outbox
       where name like 'facts.stations.charge-points.changed.%' order by aggregate, id desc`,
    );
    return rows.map(({ payload }) => JSON.parse(payload) as ChargePointChanged);
  };

  it('are what their last facts said, key by key', async () => {
    const { id } = await make(stations);
    await change(stations, id, { connectors: [{ id: 3, number: 1 }], amenities: [1], price: 100 });
    await make(stations, { latitude: 36.63, longitude: 2.94 }, rival());
    await change(stations, id, { title: 'A new name', price: 250.5 });
    const answered = await cards({ most: 10 });
    expect(answered.map(({ id, account_id }) => [id, account_id])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(JSON.stringify(answered)).toBe(JSON.stringify(await told()));
  });

  it('come by their ids, as many as are asked for, without those that were removed', async () => {
    for (let n = 1; n <= 6; n += 1) await make(stations);
    await stations.bus.call(chargePoints.remove, { id: 3 }, owner());
    const ids = async (query: NextCards) => (await cards(query)).map(({ id }) => id);
    expect(await ids({ most: 3 })).toEqual([1, 2, 4]);
    expect(await ids({ most: 3, after: 4 })).toEqual([5, 6]);
    expect(await ids({ most: 3, after: 6 })).toEqual([]);
    await expect(cards({ most: 1001 })).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
