import { type ChargePointChanged, chargePointChanged, chargePointRemoved, chargePoints } from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import { startTestClient, until } from '@open-cpo/testing';
import { change, make, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

type Client = Awaited<ReturnType<typeof startTestClient>>;

describe('other services', () => {
  let stations: Stations;
  let client: Client;
  const received: [id: string, what: string][] = [];
  const cards = new Map<string, ChargePointChanged>();

  beforeAll(async () => {
    stations = await startStations('facts');
    client = await startTestClient(stations.broker);
    client.app.get(Broadcast).subscribe(chargePointChanged, (payload, id) => {
      received.push([id, payload.card.title]);
      cards.set(id, payload);
    });
    client.app.get(Broadcast).subscribe(chargePointRemoved, (_, id) => received.push([id, 'removed']));
  });
  afterAll(async () => {
    await client?.stop();
    await stations?.stop();
  });
  beforeEach(async () => {
    await empty(stations);
    received.length = 0;
  });

  const of = (id: number) => received.filter(([about]) => about === String(id)).map(([, what]) => what);
  const remove = (id: number, caller = owner()) => stations.bus.call(chargePoints.remove, { id }, caller);

  it('hear of every change of a power center, in the order in which they happened', async () => {
    const { id } = await make(stations, { title: 'n0' });
    for (let n = 1; n <= 8; n += 1) await change(stations, id, { title: `n${n}` });
    await remove(id);
    await until(() => of(id).includes('removed'));
    expect(of(id)).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'removed']);
  });

  it('hear last what is so in the end, when many change it at once', async () => {
    const { id } = await make(stations, { title: 'start' });
    const titles = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(titles.map((title) => change(stations, id, { title })));
    await until(() => of(id).length === 7);
    const [row] = await stations.db.query('select title from charge_points');
    expect(of(id).at(-1)).toBe(row?.title);
  });

  it('hear nothing of what was refused, repeated, or changed nothing', async () => {
    const { id } = await make(stations, { title: 'same' }, owner('key'));
    await make(stations, { title: 'same' }, owner('key')).catch(() => undefined);
    await change(stations, id, { price: 'x' }).catch(() => undefined);
    await change(stations, id, { title: 'stolen' }, rival()).catch(() => undefined);
    await remove(id, rival()).catch(() => undefined);
    await change(stations, id, { title: 'same' });
    await change(stations, id, { title: 'different' });
    await until(() => of(id).includes('different'));
    expect(of(id)).toEqual(['same', 'different']);
  });

  it('can show it to any viewer from what they hear', async () => {
    const { id } = await make(stations, { title: 'whole', latitude: 36.7, longitude: 3.05 });
    await change(stations, id, {
      price: '15.5',
      price_currency: 'AED',
      amenities: [1],
      connectors: [{ id: 3 }],
      type: 2,
    });
    await until(() => cards.get(String(id))?.price !== null && cards.has(String(id)));
    const shown = await stations.bus.call(chargePoints.one, { id }, owner());
    const { total_earnings, price, reservation_fee, earning, ...card } = shown;
    expect([total_earnings, price, reservation_fee, earning]).toEqual(['0.00', '574.88', '68.10', '0.00']);
    expect(cards.get(String(id))).toEqual({
      id,
      account_id: 1,
      time_zone: 'Africa/Algiers',
      price: { amount: '15.50', currency: 'AED', usd: '4.22055820' },
      connectors: [{ id: expect.any(Number), type_id: 3, number: null, status: 'available' }],
      // Whoever shows the card says whom it belongs to: the account's first owner may change.
      card: { ...card, owner_id: 0 },
    });
  });
});
