import { chargePoints, ratesChanged } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { asUser, startTestClient, until } from '@open-cpo/testing';
import { change, make, one, owner } from './test/charge-points';
import { startStations, type Stations } from './test/stations';

const inDollars = () => asUser({ accountId: 1, currency: 'USD' });

describe('power centers and the rates of currencies', () => {
  let stations: Stations;
  let id: number;

  beforeAll(async () => {
    stations = await startStations('rates', {});
    ({ id } = await make(stations, {}, inDollars()));
    await change(stations, id, { price: 10, price_currency: 'USD' }, inDollars());
  });
  afterAll(() => stations?.stop());

  const tell = async (revision: number, rates: Record<string, string>): Promise<void> => {
    const client = await startTestClient(stations.broker);
    const payload = JSON.stringify({ revision, rates });
    const subject = `${ratesChanged.subject}.all`;
    await client.app.get(EventPublisher).publish({ subject, eventId: `rates-${revision}`, payload, occurredAt: '' });
    await client.stop();
  };
  const shown = async (price: string) =>
    until(async () => (await one(stations, id).catch(() => undefined))?.price === price, `a price of ${price}`);

  it('show dollars before any rate is known, and no invented amount in another currency', async () => {
    expect(await one(stations, id, inDollars())).toMatchObject({ price: '10.00', reservation_fee: '0.50' });
    await expect(one(stations, id)).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(stations.bus.call(chargePoints.table, {}, owner())).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('are shown by the rate that holds, as soon as it holds', async () => {
    await tell(1, { USD: '1', DZD: '136.209406' });
    await shown('1362.09');
    await tell(2, { USD: '1', DZD: '140' });
    await shown('1400.00');
  });

  it('keep a price that was entered in the viewer’s own currency as it is', async () => {
    await change(stations, id, { price: '999.99', price_currency: 'DZD' });
    await tell(3, { USD: '1', DZD: '70' });
    await until(async () => (await one(stations, id)).reservation_fee === '35.00');
    expect(await one(stations, id)).toMatchObject({ price: '999.99', price_usd: 7.14278571 });
  });
});
