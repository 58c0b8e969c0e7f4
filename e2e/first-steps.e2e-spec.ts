import { at, codeIn, demoUser, mailTo, newAddress, newOwner, PASSWORD, send } from './client';

const POWER_CENTER = { title: 'Harbour car park', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 };

describe('an owner who comes for the first time', () => {
  it('registers, reads the code in the mail, verifies, and logs in', async () => {
    const email = newAddress();
    const body = { email, password: PASSWORD, first_name: 'Amina', last_name: 'Haddad', country_id: 195 };
    const registered = await send('POST', '/api/v3/auth/register', { body });
    expect(registered.status).toBe(200);

    const early = await send('POST', '/api/v3/auth/login', { body: { email, password: PASSWORD } });
    expect([early.status, at(early, 'data', 'require_verification')]).toEqual([202, 1]);

    const verification_token = at(early, 'data', 'verification_token');
    const code = codeIn(await mailTo(email, 1));
    const wrong = await send('POST', '/api/v3/auth/email/verify', {
      body: { verification_token, verification_code: code === '0000' ? '1111' : '0000' },
    });
    expect([wrong.status, at(wrong, 'data', 'available_attempts')]).toEqual([422, 2]);

    const verified = await send('POST', '/api/v3/auth/email/verify', {
      body: { verification_token, verification_code: code },
    });
    expect(verified.status).toBe(200);

    const login = await send('POST', '/api/v3/auth/login', { body: { email, password: PASSWORD } });
    expect([login.status, at(login, 'data', 'email')]).toEqual([200, email]);
  });

  it('gets Arabic mails when asking in Arabic', async () => {
    const email = newAddress();
    const body = { email, password: PASSWORD, first_name: 'أمينة', last_name: 'حداد', country_id: 195 };
    await send('POST', '/api/v3/auth/register', { body, headers: { 'accept-language': 'ar-DZ, en;q=0.5' } });
    expect((await mailTo(email)).subject).toMatch(/[\u0600-\u06FF]/);
  });

  it('creates, lists, changes and deletes a power center that nobody else sees', async () => {
    const { token } = await newOwner();
    const created = await send('POST', '/api/charge-points', { token, body: POWER_CENTER });
    expect(created.status).toBe(200);
    const id = at<number>(created, 'id');
    const path = `/api/charge-points/${id}`;

    const changed = await send('PATCH', path, { token, body: { price: 15.5, price_currency: 'DZD', listed: true } });
    expect(changed.status).toBe(200);
    expect((await send('GET', path, { token })).body).toMatchObject({ price: '15.50', listed: true });
    expect((await send('GET', '/api/charge-points', { token })).body).toMatchObject([{ id, listed: 1 }]);

    const rival = await demoUser('rival');
    const refused = await Promise.all(
      ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) =>
        send(method, path, { token: rival, ...(method === 'GET' ? {} : { body: {} }) }),
      ),
    );
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect((await send('GET', '/api/charge-points', { token: rival })).text).not.toContain(`"id":${id},`);

    expect((await send('DELETE', path, { token })).body).toMatchObject({ success: 1, msg: 'done' });
    expect((await send('GET', path, { token })).status).toBe(404);
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

describe('a token', () => {
  it('ends with the logout', async () => {
    const { token } = await newOwner();
    expect((await send('GET', '/api/user', { token })).status).toBe(200);
    const out = await send('POST', '/api/v3/auth/logout', { token, body: { device_imei: 'iste' } });
    expect([out.status, out.text]).toEqual([204, '']);
    expect((await send('GET', '/api/user', { token })).status).toBe(401);
  });

  it('is renewed for one that goes on, and the old one ends', async () => {
    const { token } = await newOwner();
    const fresh = at<string>(await send('POST', '/api/v3/auth/refresh', { token }), 'data', 'access_token');
    expect((await send('GET', '/api/user', { token })).status).toBe(401);
    expect((await send('GET', '/api/user', { token: fresh })).status).toBe(200);
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
    await send('POST', '/api/charge-points', { token, body: POWER_CENTER });
    const created = await send('POST', '/api/api-keys', { token, body: { name: 'Accounting' } });
    const headers = { 'api-key': at<string>(created, 'results', 'key') };
    const list = await send('GET', '/api/charge-points', { token, headers });
    expect(at<unknown[]>(list, 'results')).toHaveLength(1);
    await send('DELETE', `/api/api-keys/${at<number>(created, 'results', 'id')}`, { token });
    const refused = await send('GET', '/api/charge-points', { token, headers });
    expect([refused.status, refused.body]).toEqual([
      401,
      { success: 0, message: 'The API key is invalid or missing.' },
    ]);
  });
});
