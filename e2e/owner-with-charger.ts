import { unwrap } from '@open-cpo/client';
import { SimulatedCharger, SimulatedStation, until } from '@open-cpo/testing';
import { api, newOwner, place } from './client';

/** The card of the worker. */
export const CARD = '04A2B1C6D7';

/** An owner with a power center that costs 12 dinars a minute, a worker with a card, and a charger, which connects with OCPP 1.6 or, as station, 2.0.1. */
export async function ownerWithCharger() {
  const { token } = await newOwner();
  const client = api(token);
  const site = { title: 'Harbour', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 } as const;
  const { id } = await unwrap(client.POST('/api/charge-points', { body: site }));
  const body = { price: 12, price_currency: 'DZD', price_unit: 'minutes', listed: true } as never;
  await unwrap(client.PATCH('/api/charge-points/{id}', { params: { path: { id } }, body }));
  const worker = {
    first_name: 'Salim',
    last_name: 'B',
    email: 'salim@journey.test',
    rfid: CARD,
    expire_at: '2099-01-01',
  };
  await unwrap(client.POST('/api/workers', { body: worker }));
  // The charger's service learns of the power center by its event.
  const made = await until(async () => {
    const { data } = await client.POST('/api/chargers', { body: { charge_point_id: id } });
    return data?.results;
  }, 'the charger to be created');
  const connect = (password = made.credential.password) =>
    SimulatedCharger.connect({ url: place('TEST_CHARGERS_URL'), identity: made.identity, password });
  const station = () =>
    SimulatedStation.connect({
      ...{ url: place('TEST_CHARGERS_URL'), identity: made.identity, password: made.credential.password },
    });
  const orders = async () => {
    const page = await unwrap(client.GET('/api/orders', { params: { query: { itemsPerPage: 50 } } }));
    return (page as unknown as { results: { data: Record<string, unknown>[] } }).results.data;
  };
  const charger = async () =>
    (await unwrap(client.GET('/api/chargers/{id}', { params: { path: { id: made.id } } }))).results;
  /** With which any program connects as it. */
  const access = {
    url: place('TEST_CHARGERS_URL'),
    identity: made.identity,
    password: made.credential.password,
  };
  return { client, token, id: made.id, chargePointId: id, access, connect, station, orders, charger };
}
