import { API_KEY, bearer, type RecordingGateway, recordingGateway } from '../fixture/recording-gateway';
import '../index';

let gateway: RecordingGateway;
beforeAll(async () => (gateway = await recordingGateway()));
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

async function received(method: string, path: string, body: object, key?: string): Promise<unknown> {
  await gateway.ask(method, path, { body, headers: { ...bearer(), ...(key ? { 'api-key': key } : {}) } });
  return gateway.bus.last?.input;
}

// What the public Odoo connector sends for a power center whose texts are empty.
const WRITE = {
  title: 'x',
  category: 'EV_CHARGER',
  description: false,
  type: false,
  latitude: 36.75,
  listed: false,
  session_limit_type: false,
  session_limit_value: 0,
  zipcode: false,
  price_unit: 'kwh',
  price: 0,
  amenities: false,
};

describe('the body of an integration', () => {
  it.each(['PUT', 'PATCH'])('of %s has false for what is absent, and kwh for energy', async (method) => {
    expect(await received(method, '/api/charge-points/7', WRITE, API_KEY)).toEqual({
      id: 7,
      title: 'x',
      category: 'EV_CHARGER',
      latitude: 36.75,
      listed: false,
      session_limit_value: 0,
      price_unit: 'energy',
      price: 0,
    });
  });

  it('may say false in a list of objects, and for the address of a site', async () => {
    const connectors = [{ id: 1, number: 2 }, { id: false }];
    expect(await received('PATCH', '/api/charge-points/7', { connectors }, API_KEY)).toMatchObject({
      connectors: [{ id: 1, number: 2 }, {}],
    });
  });

  it('has no unit that was never chosen, and no type that is printed', async () => {
    const body = { price_unit: 'unknown', type: "{'id': 2, 'name': 'AC'}", title: 'unknown' };
    expect(await received('PATCH', '/api/charge-points/7', body, API_KEY)).toEqual({ id: 7, title: 'unknown' });
  });

  it('keeps what is no word of integrations, to be refused', async () => {
    const body = { price_unit: 'session', type: 'AC', price: false };
    expect(await received('PATCH', '/api/charge-points/7', body, API_KEY)).toEqual({ id: 7, ...body });
  });

  it('is taken as it is without an API key', async () => {
    expect(await received('PATCH', '/api/charge-points/7', WRITE)).toEqual({ id: 7, ...WRITE });
  });
});

describe('a list for an integration', () => {
  const asked = async (query: string, key?: string) => {
    const headers = { ...bearer(), ...(key ? { 'api-key': key } : {}) };
    const { body } = await gateway.ask('GET', `/api/orders${query}`, { headers });
    return [gateway.bus.last?.subject, body];
  };

  it('has all rows unless a page is asked for', async () => {
    const [subject, body] = await asked('', API_KEY);
    expect(subject).toBe('orders.orders.all');
    expect(body).toMatchObject({ results: { data: [{ id: 2 }, { id: 1 }], meta: { per_page: -1, total: 2 } } });
    expect((await asked('?search=a', API_KEY))[0]).toBe('orders.orders.all');
  });

  it.each(['?page=1', '?itemsPerPage=5', '?page=2&itemsPerPage=5'])('has a page with %s', async (query) => {
    expect((await asked(query, API_KEY))[0]).toBe('orders.orders.table');
  });

  it('has a page without an API key', async () => {
    expect((await asked(''))[0]).toBe('orders.orders.table');
  });
});
