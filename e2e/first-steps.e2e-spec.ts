import { unwrap } from '@open-cpo/client';
import {
  api,
  at,
  codeIn,
  demoUser,
  mailTo,
  newAddress,
  newOwner,
  PASSWORD,
  registration,
  send,
  verdict,
} from './client';

const POWER_CENTER = {
  title: 'Harbour car park',
  category: 'EV_CHARGER',
  latitude: 36.7538,
  longitude: 3.0588,
} as const;

describe('an owner who comes for the first time', () => {
  it('registers, reads the code in the mail, verifies, and logs in', async () => {
    const client = api();
    const email = newAddress();
    await unwrap(client.POST('/api/v3/auth/register', { body: registration(email) }));
    // Mails leave within a random second: the next one must be the newer one, too.
    await mailTo(email);

    const early = await client.POST('/api/v3/auth/login', { body: { email, password: PASSWORD } });
    expect([early.response.status, early.data?.data]).toMatchObject([202, { require_verification: 1 }]);

    const { verification_token } = early.data?.data as { verification_token: string };
    const code = codeIn(await mailTo(email, 1));
    const wrong = await client.POST('/api/v3/auth/email/verify', {
      body: { verification_token, verification_code: code === '0000' ? '1111' : '0000' },
    });
    expect([wrong.response.status, wrong.error]).toMatchObject([422, { data: { available_attempts: 2 } }]);

    await unwrap(client.POST('/api/v3/auth/email/verify', { body: { verification_token, verification_code: code } }));

    const login = await client.POST('/api/v3/auth/login', { body: { email, password: PASSWORD } });
    expect([login.response.status, login.data?.data]).toMatchObject([200, { email }]);
  });

  it('gets Arabic mails when asking in Arabic', async () => {
    const email = newAddress();
    await unwrap(api(undefined, { language: 'ar' }).POST('/api/v3/auth/register', { body: registration(email) }));
    expect((await mailTo(email)).subject).toMatch(/[\u0600-\u06FF]/);
  });

  it('creates, lists, changes and deletes a power center that no other account sees', async () => {
    const { token } = await newOwner();
    const client = api(token);
    const { id } = await unwrap(client.POST('/api/charge-points', { body: POWER_CENTER }));
    const at = { params: { path: { id } } };

    const body = { price: 15.5, price_currency: 'DZD', listed: true } as never;
    await unwrap(client.PATCH('/api/charge-points/{id}', { ...at, body }));
    expect(await unwrap(client.GET('/api/charge-points/{id}', at))).toMatchObject({ price: '15.50', listed: true });
    expect(await unwrap(client.GET('/api/charge-points'))).toMatchObject([{ id, listed: 1 }]);

    const rival = api(await demoUser('rival'));
    const refused = await Promise.all([
      verdict(unwrap(rival.GET('/api/charge-points/{id}', at))),
      verdict(unwrap(rival.PUT('/api/charge-points/{id}', { ...at, body: {} }))),
      verdict(unwrap(rival.PATCH('/api/charge-points/{id}', { ...at, body: {} }))),
      verdict(unwrap(rival.DELETE('/api/charge-points/{id}', at))),
    ]);
    expect(refused).toEqual(Array.from({ length: 4 }, () => [403, 'forbidden']));
    expect(await unwrap(rival.GET('/api/charge-points'))).not.toContainEqual(expect.objectContaining({ id }));

    expect(await unwrap(client.DELETE('/api/charge-points/{id}', at))).toMatchObject({ success: 1, msg: 'done' });
    expect(await verdict(unwrap(client.GET('/api/charge-points/{id}', at)))).toEqual([404, 'not_found']);
  });

  it('finds a power center by any way of writing its title, and the parts of it', async () => {
    const { token } = await newOwner();
    const client = api(token);
    const title = 'مَحطّة أحمد ١٢, Café 100%';
    await unwrap(client.POST('/api/charge-points', { body: { ...POWER_CENTER, title } }));
    for (const search of ['محطــــه', 'احمد', '\u200F12', '2', '۱۲', 'cafe\u0301', 'CAFE', '%', '００％']) {
      const page = await unwrap(client.GET('/api/charge-points/datatable', { params: { query: { search } } }));
      expect([search, page.results.data.map((row) => row.title)]).toEqual([search, [title]]);
    }
    const none = { params: { query: { search: 'a_b' } } };
    expect((await unwrap(client.GET('/api/charge-points/datatable', none))).results.meta.total).toBe(0);
  });

  it('may repeat a request that got lost, and nothing happens twice', async () => {
    const { token } = await newOwner();
    const request = { token, body: POWER_CENTER, headers: { 'idempotency-key': newAddress() } };
    const [first, second] = [
      await send('POST', '/api/charge-points', request),
      await send('POST', '/api/charge-points', request),
    ];
    expect(second.text).toBe(first.text);
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
    const other = await send('POST', '/api/charge-points', { ...request, body: { ...POWER_CENTER, title: 'Another' } });
    expect(other.status).toBe(422);
    expect(at(await send('GET', '/api/charge-points/datatable', { token }), 'results', 'meta', 'total')).toBe(1);
  });
});

describe('an owner who looks again and again', () => {
  it('gets 304 until something has changed', async () => {
    const { token } = await newOwner();
    const client = api(token);
    await unwrap(client.POST('/api/charge-points', { body: POWER_CENTER }));
    const { response } = await client.GET('/api/charge-points');
    const headers = { 'If-None-Match': response.headers.get('etag') ?? '' };
    const again = async () => (await client.GET('/api/charge-points', { headers })).response.status;
    expect(await again()).toBe(304);
    await unwrap(client.POST('/api/charge-points', { body: { ...POWER_CENTER, title: 'Second' } }));
    expect(await again()).toBe(200);
    expect(await unwrap(client.GET('/api/charge-points'))).toHaveLength(2);
  });
});

describe('a token', () => {
  it('ends with the logout', async () => {
    const { token } = await newOwner();
    const client = api(token);
    await unwrap(client.GET('/api/user'));
    const out = await client.POST('/api/v3/auth/logout', { body: { device_imei: 'iste' } });
    expect([out.response.status, out.data]).toEqual([204, undefined]);
    expect(await verdict(unwrap(client.GET('/api/user')))).toEqual([401, 'unauthenticated']);
  });

  it('is renewed for one that goes on, and the old one ends', async () => {
    const { token } = await newOwner();
    const { data } = await unwrap(api(token).POST('/api/v3/auth/refresh'));
    expect(await verdict(unwrap(api(token).GET('/api/user')))).toEqual([401, 'unauthenticated']);
    await unwrap(api(data.access_token).GET('/api/user'));
  });
});

describe('people who share an account', () => {
  it('see what their role allows, and change nothing that it does not', async () => {
    const viewer = await demoUser('viewer');
    const list = await send('GET', '/api/charge-points', { token: viewer });
    expect(list.body).toHaveLength(24);
    const refused = await send('POST', '/api/charge-points', { token: viewer, body: POWER_CENTER });
    expect([refused.status, at(refused, 'error')]).toEqual([
      403,
      "You don't have permissions to access 127.0.0.1 on this server.",
    ]);
  });

  it('let integrations in with a key until it is revoked', async () => {
    const { token } = await newOwner();
    const owner = api(token);
    await unwrap(owner.POST('/api/charge-points', { body: POWER_CENTER }));
    const { results } = await unwrap(owner.POST('/api/api-keys', { body: { name: 'Accounting' } }));
    const integration = api(token, { apiKey: results.key });
    expect(await unwrap(integration.GET('/api/charge-points'))).toMatchObject({
      results: [{ title: POWER_CENTER.title }],
    });
    await unwrap(owner.DELETE('/api/api-keys/{id}', { params: { path: { id: results.id } } }));
    const { response, error } = await integration.GET('/api/charge-points');
    expect([response.status, error]).toEqual([401, { success: 0, message: 'The API key is invalid or missing.' }]);
  });
});
