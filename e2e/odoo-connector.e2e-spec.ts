import { until } from '@open-cpo/testing';
import { charge } from './charging';
import { at, newOwner, PASSWORD, send } from './client';
import { OdooConnector } from './odoo/connector';

describe('the public Odoo connector', () => {
  let connector: OdooConnector;
  let token: string;

  const see = async (id: number) => (await send('GET', `/api/charge-points/${id}`, { token })).body as object;

  beforeAll(async () => {
    const owner = await newOwner();
    ({ token } = owner);
    const key = await send('POST', '/api/api-keys', { token, body: { name: 'Odoo' } });
    connector = new OdooConnector({ apiKey: at(key, 'results', 'key'), email: owner.email, password: PASSWORD });
  });

  const made = async (body: object): Promise<{ id: number; token: string }> => {
    const answer = await send('POST', '/api/charge-points', { token, body: { category: 'EV_CHARGER', ...body } });
    return answer.body as { id: number; token: string };
  };

  it('keeps power centers that are priced by energy, and of any status', async () => {
    const { id, token: name } = await made({ title: 'By energy', latitude: 36.75, longitude: 3.06 });
    const connectors = [{ id: 1, number: 1 }];
    const priced = { price_unit: 'energy', price: 20, price_currency: 'DZD', type: 2, connectors };
    await send('PATCH', `/api/charge-points/${id}`, { token, body: priced });
    await connector.syncChargers();
    expect(connector.chargers.get(id)).toMatchObject({ title: 'By energy', price_unit: 'kwh', token: name });
    await connector.syncCharger(id);
    expect(connector.chargers.get(id)).toMatchObject({ price: 20 });
  });

  it('creates with empty fields, writes back what it has read, and deletes', async () => {
    const empty = { type: false, session_limit_type: false, address_line_1: false, zipcode: false, state: false };
    const form = {
      identifier: false,
      title: 'From Odoo',
      description: false,
      category: 'EV_CHARGER',
      status: 'unknown',
    };
    const more = { latitude: 36.75, longitude: 3.05, session_limit_value: 0, price_unit: 'unknown', price: 0 };
    const id = await connector.createCharger({ ...form, ...empty, ...more, listed: false, secure: false });
    expect(await see(id)).toMatchObject({ title: 'From Odoo', description: null, price_unit: 'minutes' });

    const body = { type: 2, price_unit: 'energy', price: 20, price_currency: 'DZD', city: 'Oran' };
    await send('PATCH', `/api/charge-points/${id}`, { token, body });
    await connector.syncChargers();
    await connector.writeCharger(id, { title: 'Renamed in Odoo', price_unit: 'kwh' });
    expect(await see(id)).toMatchObject({
      title: 'Renamed in Odoo',
      price_unit: 'energy',
      type: { id: 2 },
      address: { city: 'Oran', zipcode: null },
    });
    await connector.deleteCharger(id);
    expect((await send('GET', `/api/charge-points/${id}`, { token })).status).toBe(404);
  });

  it('keeps all orders, those that asked for as much as there is as well, and their feedback', async () => {
    const { id, token: name } = await made({ title: 'Busy' });
    for (let n = 0; n < 17; n += 1) await charge(name, 10 + n);
    const isKnown = async () => {
      const total = at<number>(await send('GET', '/api/feedback', { token }), 'results', 'meta', 'total');
      const orders = at<{ status: number }[]>(
        await send('GET', '/api/orders?itemsPerPage=-1', { token }),
        'results',
        'data',
      );
      return total === 17 && orders.filter(({ status }) => status === 1).length === 17;
    };
    await until(isKnown, 'the sessions to be known');
    await connector.syncOrders();
    await connector.syncFeedback();
    expect([connector.orders.size, connector.feedback.size]).toEqual([17, 17]);
    expect([...connector.orders.values()][0]).toMatchObject({ charger: id, requested_quantity: 0, status: 1 });
    expect([...connector.feedback.values()][0]).toMatchObject({ message: 'A good place.', charger: id, title: 'Busy' });
  });
});
