import { until } from '@open-cpo/testing';
import { charge } from '../charging';
import { at } from '../client';
import type { Ask, People, Person } from './person';

const TABLES = ['charge-point-groups', 'charging-sites', 'charge-points', 'workers'];
const FULL_PAGE = '?itemsPerPage=100&page=1&search=a';

/** Creates one by POST; answers the path of the one. */
const created = async ({ ask }: Person, path: string, body: object, ...id: string[]): Promise<string> =>
  `${path}/${at<number>(await ask('POST', path, { body }), ...id)}`;

/** A power center in Algiers that charges by the minute, with two connectors. */
async function powerCenter({ ask }: Person): Promise<{ id: number; token: string }> {
  const body = { title: 'Harbour', category: 'EV_CHARGER', city: 'Algiers', latitude: 36.75, longitude: 3.06 };
  const id = at<number>(await ask('POST', '/api/charge-points', { body }), 'id');
  const connectors = [1, 2].map((number) => ({ id: number, number }));
  const more = { price: 15.5, price_currency: 'USD', type: 1, listed: true, amenities: [1], connectors };
  const one = `/api/charge-points/${id}`;
  await ask('PUT', one, { body: { ...more, open_time: '08:00:00', close_time: '20:00:00' } });
  const changed = await ask('PATCH', one, { body: { description: 'By the pier' } });
  return { id, token: at(changed, 'token') };
}

const ADDRESS = {
  country_id: 195,
  state: 'Algiers',
  city: 'Algiers',
  address_line_1: '1 Rue Didouche Mourad',
  latitude: 36.75,
  longitude: 3.06,
};

/** Power centers, and what puts them in order. */
export async function network(people: People): Promise<void> {
  const person = await people.owner();
  const { ask } = person;
  const { id } = await powerCenter(person);
  const category = await created(person, '/api/categories', { type: 'charging-site', name: 'Ports' }, 'results', 'id');
  const site = {
    name: 'Port',
    category: Number(category.split('/').at(-1)),
    address: ADDRESS,
  };
  const rows: [string, object][] = [
    ['/api/charge-point-groups', { name: 'Ports', companyName: 'Ports Ltd', licenseCode: 'L-1', chargePoints: [id] }],
    ['/api/charging-sites', { ...site, startDate: '2025-05-12', endDate: '2099-05-12', chargePoints: [id] }],
    ['/api/workers', WORKER],
  ];
  const ones = [category];
  for (const [path, body] of rows) ones.push(await created(person, path, body, 'results', 'id'));
  const prices = `/api/charge-points/${id}/charge-point-prices`;
  const price = { price: 2.5, startingTime: '08:00', endingTime: '09:00' };
  const range = at<number>(await ask('POST', prices, { body: price }), 'results', 'id');
  ones.push(`/api/charge-point-prices/${range}`);
  await looks(person, id, prices);
  for (const path of ones) {
    const body = path.includes('workers') ? WORKER : { name: 'Renamed', ...price };
    await ask('GET', `${path}?power-centers=1`);
    await ask('PUT', path, { body });
    await ask('PATCH', path, { body });
  }
  for (const method of ['GET', 'POST']) await ask(method, `${ones[3]}/reset-balance`);
  for (const path of ones.reverse()) await ask('DELETE', path);
  await ask('DELETE', `/api/charge-points/${id}`);
}

const WORKER = {
  first_name: 'Lina',
  last_name: 'Mansouri',
  email: 'lina@example.com',
  rfid: '04A1B2C3',
  expire_at: '2099-12-31',
};

async function looks({ ask }: Person, id: number, prices: string): Promise<void> {
  for (const table of TABLES) {
    await ask('GET', `/api/${table}?power-centers=1`);
    await ask('GET', `/api/${table}?${FULL_PAGE}`);
    await ask('GET', `/api/${table}/datatable?power-centers=1`);
  }
  for (const path of ['/api/categories/charging-site', '/api/categories/charging-site/datatable', prices]) {
    await ask('GET', path);
  }
  for (const path of ['', '/stats', '/orders', '/time-zone']) await ask('GET', `/api/charge-points/${id}${path}`);
  const insights = ['', '/daily', `/daily?power_center_id=${id}`, '/power-centers'].map((part) => `/api/stats${part}`);
  const catalogue = ['/api/catalogue', '/api/catalogue/countries'];
  for (const path of [
    ...insights,
    ...catalogue,
    '/api/charge-points/sustainability',
    '/api/v3/countries',
    '/api/v3/countries/1',
  ]) {
    await ask('GET', path);
  }
  for (const accept of ['application/json', 'application/geo+json']) {
    for (const path of [`/api/charge-points/${id}/geojson`, '/api/charge-points/geojson']) {
      await ask('GET', path, { headers: { accept } });
    }
  }
}

/** A driver charges and rates it; the owner is paid. */
export async function money(people: People): Promise<void> {
  const person = await people.owner();
  const { ask } = person;
  const { id, token } = await powerCenter(person);
  const range = { price: 20, startingTime: '00:00', endingTime: '23:59' };
  await ask('POST', `/api/charge-points/${id}/charge-point-prices`, { body: range });
  await charge(token, 30);
  const feedback = await until(async () => {
    const rows = at<{ id: number; charge_point_order_id: number }[]>(
      await ask('GET', '/api/feedback'),
      'results',
      'data',
    );
    return rows[0];
  }, 'the feedback to be known');
  await ask('GET', `/api/feedback/${feedback.id}`);
  for (const part of ['', '/readings']) await ask('GET', `/api/orders/${feedback.charge_point_order_id}${part}`);
  await ask('GET', `/api/orders?sortBy=${encodeURIComponent('[{"key":"price","order":"asc"}]')}`);
  for (const path of [`charge-point/${id}`, '']) await ask('GET', `/api/orders/${path}`.replace(/\/$/, ''));
  await ask('GET', `/api/charge-points/${id}/orders`);
  await until(async () => Number(at(await ask('GET', '/api/user/balance'), 'results', 'balance')) > 0, 'a balance');
  await payouts(person);
  await exports(person);
  await imports(person);
}

const RECIPIENT = {
  fullname: 'Amina Haddad',
  userType: 'individual',
  address: '119 Rue Didouche Mourad, Algiers',
  TIN: '123-45-6789',
  id: '0501234567',
  email: 'owner@example.com',
  accountNumber: 'DE89370400440532013000',
};

async function payouts({ ask }: Person): Promise<void> {
  await ask('GET', '/api/payout-methods/available');
  for (const name of ['stripe', 'bank_transfer'])
    await ask('POST', `/api/payout-methods/add/${name}`, { body: RECIPIENT });
  await ask('POST', '/api/payout-methods/update/bank_transfer', { body: { fullname: 'A. Haddad' } });
  await ask('GET', '/api/user/payout-methods');
  await ask('GET', '/api/payout-methods');
  await ask('DELETE', '/api/payout-methods/delete/stripe');
  await ask('POST', '/api/payouts/request-payout', { body: { payoutMethod: 2 } });
  await ask('GET', '/api/payouts');
}

/** A file, and the same as a part that is all of it, so that it can be read. */
async function whole(ask: Ask, path: string, headers: Record<string, string> = {}): Promise<void> {
  await ask('GET', path, { headers });
  await ask('GET', path, { headers: { ...headers, range: 'bytes=0-' } });
}

const HEADER = 'external_id,first_name,last_name,email,rfid,expire_at,notes';

/** A file that has an error in it, and one that is none. */
async function imports({ ask }: Person): Promise<void> {
  await ask('GET', '/api/imports/templates/workers');
  for (const content of [`${HEADER}\r\nW-1,A,B,a@example.com,0102030405,2099-12-31,\r\nW-2,,,,,,`, 'nothing']) {
    const parts = ['name="kind"\r\n\r\nworkers', `name="file"; filename="a.csv"\r\n\r\n${content}`];
    const body = [...parts.map((part) => `--edge\r\ncontent-disposition: form-data; ${part}`), '--edge--'].join('\r\n');
    const headers = { 'content-type': 'multipart/form-data; boundary=edge' };
    const location = (await ask('POST', '/api/imports', { body, headers })).headers.get('location') ?? '';
    const status = async () => at<string>(await ask('GET', location), 'results', 'status');
    await until(async () => ['finished', 'failed'].includes(await status()), 'the import');
    await ask('GET', `${location}/errors`);
    await ask('DELETE', location);
  }
  await ask('GET', '/api/imports');
}

/** Files at once and later, as workbooks and as lines. */
async function exports({ ask }: Person): Promise<void> {
  const paths = ['charge-points', 'orders', 'feedback'].map((kind) => ['GET', `/api/${kind}/export`] as const);
  for (const [method, path] of [...paths, ['POST', '/api/user/export'] as const]) {
    for (const accept of ['*/*', 'text/csv']) {
      const later = { accept, prefer: 'respond-async' };
      const location = (await ask(method, path, { headers: later })).headers.get('location') ?? '';
      await until(async () => at(await ask('GET', location), 'results', 'status') === 'finished', 'the file');
      await whole(ask, `${location}/file`);
      await ask('DELETE', location);
      if (method === 'GET') await whole(ask, path, { accept });
      else await ask(method, path, { headers: { accept } });
    }
  }
}
