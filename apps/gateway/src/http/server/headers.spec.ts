import { connect } from 'node:net';
import { API_KEY, bearer, recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';
import '../../index';

let gateway: RecordingGateway;
let behindProxy: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
  behindProxy = await recordingGateway({
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
    PUBLIC_URL: 'https://api.test',
    CORS_ORIGINS: 'https://one.test, https://two.test',
    UNAUTHENTICATED_STATUS: '500',
  });
});
afterAll(async () => {
  await gateway?.stop();
  await behindProxy?.stop();
});
beforeEach(() => [gateway, behindProxy].forEach(({ bus }) => bus.reset()));

const caller = async (headers: Record<string, string>, at = gateway) => {
  const { status } = await at.ask('POST', '/api/categories', { body: {}, headers: { ...bearer(), ...headers } });
  return status === 200 ? at.bus.last?.caller : status;
};

/** What comes back for exactly these bytes. */
const raw = (text: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });

describe('the name of a request', () => {
  it('is echoed and passed on', async () => {
    const { headers } = await gateway.ask('GET', '/api/user', { headers: { ...bearer(), 'x-request-id': 'my-1.a_B' } });
    expect(headers.get('x-request-id')).toBe('my-1.a_B');
    expect(gateway.bus.last?.caller.requestId).toBe('my-1.a_B');
  });

  it.each(['with blanks', 'x'.repeat(65), '<b>', 'ä', ''])('is ours when "%s" was sent', async (id) => {
    const { headers } = await gateway.ask('GET', '/api/user', {
      headers: { ...bearer(), 'x-request-id': Buffer.from(id).toString('latin1') },
    });
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('is on refusals and pictures, too', async () => {
    for (const path of ['/api/user', '/api/nothing', '/flags/DZ.png', '/nothing']) {
      expect([path, (await gateway.ask('GET', path, { headers: {} })).headers.has('x-request-id')]).toEqual([
        path,
        true,
      ]);
    }
  });
});

describe('the language', () => {
  it.each([
    ['', 'en'],
    ['ar', 'ar'],
    ['ar-SA,en;q=0.8', 'ar'],
    ['en-GB, ar;q=0.9', 'en'],
    ['fr, ar;q=0.5', 'ar'],
    ['fr, es;q=0.5', 'en'],
    ['ar;q=0.3, en;q=0.7', 'en'],
    ['AR ; q=1', 'ar'],
    ['ar;q=nonsense, en;q=0.1', 'en'],
    ['ar;q=0', 'en'],
    ['ar, en', 'ar'],
    ['en, ar', 'en'],
    ['en;q=0.5, ar_DZ;q=0.8', 'ar'],
    ['ar_DZ', 'ar'],
    ['ar-Arab-EG', 'ar'],
    ['ary', 'ar'],
    ['arz-EG, en;q=0.9', 'ar'],
    ['arq-DZ, fr;q=0.9', 'ar'],
    ['fr, *;q=0.5, ary;q=0.2', 'en'],
    ['arn', 'en'],
    ['fa-IR', 'en'],
    ['*', 'en'],
    [',,;;q=', 'en'],
    ['en,'.repeat(1000), 'en'],
  ])('"%s" means %s', async (header, language) => {
    expect(await caller({ 'accept-language': header })).toMatchObject({ language });
  });
});

describe('an Idempotency-Key', () => {
  it.each(['a', 'x'.repeat(255), '"quoted"', '27ee3f39-8768-4bc3-a6ae-440d87660b02'])('may be %s', async (key) => {
    expect(await caller({ 'idempotency-key': key })).toMatchObject({ idempotencyKey: key });
  });

  it.each(['', 'x'.repeat(256), 'with blank', 'ä', 'a, b'])('may not be "%s"', async (key) => {
    expect(await caller({ 'idempotency-key': Buffer.from(key).toString('latin1') })).toBe(400);
  });
});

describe('the client’s address', () => {
  it('is the connection’s, whatever a client says', async () => {
    expect(await caller({ 'x-forwarded-for': '9.9.9.9' })).toMatchObject({ ip: '127.0.0.1' });
  });

  it('is what a trusted proxy says, at the first hop that is none', async () => {
    const said = { 'x-forwarded-for': '6.6.6.6, 9.9.9.9, 10.1.2.3' };
    expect(await caller(said, behindProxy)).toMatchObject({ ip: '9.9.9.9' });
  });

  it('the host in the text of 403 is a trusted proxy’s, too', async () => {
    const headers = { ...bearer('viewer'), 'x-forwarded-host': 'api.test:8443' };
    const { body } = await behindProxy.ask('POST', '/api/categories', { body: {}, headers });
    expect(body).toMatchObject({ error: "You don't have permissions to access api.test on this server." });
    const direct = await gateway.ask('POST', '/api/categories', { body: {}, headers });
    expect(direct.body).toMatchObject({ error: expect.stringContaining('127.0.0.1') });
  });
});

describe('a trace', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('is passed on when it is one', async () => {
    expect(await caller({ traceparent })).toMatchObject({ traceparent });
    expect(await caller({ traceparent: 'nonsense' })).not.toHaveProperty('traceparent');
  });
});

describe('browsers', () => {
  const preflight = (at: RecordingGateway, origin: string) =>
    at.ask('OPTIONS', '/api/categories/7', {
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,api-key',
      },
    });

  it('may call from everywhere unless origins are listed', async () => {
    const { status, headers } = await preflight(gateway, 'https://any.test');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-methods')).toContain('PUT');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,api-key');
    expect(headers.get('access-control-max-age')).toBe('600');
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('may call from listed origins alone', async () => {
    const allowed = await preflight(behindProxy, 'https://two.test');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://two.test');
    const others = await preflight(behindProxy, 'https://three.test');
    expect(others.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('see the headers that matter, on refusals as well', async () => {
    const { headers } = await gateway.ask('GET', '/api/user', { headers: { origin: 'https://any.test' } });
    expect(headers.get('access-control-expose-headers')).toContain('X-Error-Code');
    expect(headers.get('vary')).toContain('Origin');
  });

  it('that ask for the options of a path without more are told as well', async () => {
    const { status, text, headers } = await gateway.ask('OPTIONS', '/api/categories', { headers: {} });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH, DELETE');
  });
});

describe('HEAD', () => {
  it.each(['/api/user', '/api/charge-points', '/flags/DZ.png', '/docs'])(
    '%s answers as GET, without the body',
    async (path) => {
      const { status, text, headers } = await gateway.ask('HEAD', path);
      expect([status, text]).toEqual([200, '']);
      expect(headers.get('content-type')).toBeTruthy();
    },
  );

  it.each(['/api/user/subscribe', '/api/user/unsubscribe', '/api/workers/3/reset-balance', '/api/orders/export'])(
    '%s is refused, because its GET changes something',
    async (path) => {
      const { status, headers } = await gateway.ask('HEAD', path);
      expect([status, headers.get('allow')?.includes('HEAD')]).toEqual([405, false]);
      expect(gateway.bus.calls).toEqual([]);
    },
  );

  it('reads the query as GET does, and needs what GET needs', async () => {
    await gateway.ask('HEAD', '/api/categories/charge-point?search=x');
    expect(gateway.bus.last?.input).toEqual({ type: 'charge-point', search: 'x' });
    expect((await gateway.ask('HEAD', '/api/user', { headers: {} })).status).toBe(401);
  });
});

describe('headers of every answer', () => {
  const paths = ['/api/user', '/api/v3/countries', '/api/nothing', '/flags/DZ.png', '/docs', '/openapi.json'];

  it.each(paths)('%s discloses nothing about the stack', async (path) => {
    const { headers, text } = await gateway.ask('GET', path);
    const names = [...headers.keys()];
    expect(names).not.toContain('x-powered-by');
    expect(names).not.toContain('server');
    expect(text).not.toMatch(/FST_ERR|statusCode|fastify|nestjs|node_modules|"stack"/i);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('strict-transport-security')).toBe(false);
  });

  it.each(paths)('%s is for HTTPS alone when the public address is', async (path) => {
    const { headers } = await behindProxy.ask('GET', path);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
  });

  it('keep answers of the API out of caches and frames', async () => {
    const { headers } = await gateway.ask('GET', '/api/user');
    expect(headers.get('cache-control')).toBe('no-cache, private');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.has('content-security-policy')).toBe(false);
  });

  it('let the page load nothing from elsewhere', async () => {
    const policy = (await gateway.ask('GET', '/docs', { headers: {} })).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-eval');
  });
});

describe('"Unauthenticated." as the published reference has it', () => {
  it('is a 500 under /api where that is set, a 401 under /api/v3', async () => {
    expect((await behindProxy.ask('GET', '/api/user', { headers: {} })).status).toBe(500);
    expect((await behindProxy.ask('GET', '/api/v3/countries', { headers: {} })).status).toBe(401);
    expect((await behindProxy.ask('GET', '/api/user', { headers: { ...bearer(), 'api-key': 'x' } })).status).toBe(401);
  });
});

describe('an integration', () => {
  it('gets power centers in the usual envelope, as objects in full', async () => {
    const headers = { ...bearer(), 'api-key': API_KEY };
    const list = await gateway.ask('GET', '/api/charge-points', { headers });
    expect(list.body).toEqual({
      success: 1,
      msg: 'Done!',
      msg_arabic: expect.any(String),
      results: [{ id: 2 }, { id: 1 }],
    });
    expect(gateway.bus.last?.subject).toBe('stations.charge-points.full');
    const one = await gateway.ask('GET', '/api/charge-points/7', { headers });
    expect(one.body).toMatchObject({ success: 1, results: { id: 1 } });
  });

  it('and only an integration', async () => {
    expect((await gateway.ask('GET', '/api/charge-points')).body).toEqual([{ id: 2 }, { id: 1 }]);
    expect((await gateway.ask('GET', '/api/charge-points/7')).body).toEqual({ id: 1 });
  });
});

describe('what is no request', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['HTTP/0.9', 'GET /api/user\r\n\r\n', 400],
    ['no host', 'GET /api/user HTTP/1.1\r\n\r\n', 400],
    [
      'two lengths',
      'POST /api/categories HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length beside chunks',
      'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a path without end', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431],
  ])('(%s) is refused in the house’s form', async (_what, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('"msg":"The request could not be understood."');
    expect(answer.toLowerCase()).toContain('connection: close');
  });
});

it('whatever else a client expects, it gets what there is', async () => {
  const answer = await raw('GET /api/nothing HTTP/1.1\r\nHost: a\r\nExpect: nonsense\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1.1 404 /);
  expect(answer).toContain('"success":0');
});

describe('pictures', () => {
  it.each(['/flags/DZ.png', '/connectors/Type%202.png', '/amenities/wifi.png', '/charger-types/socket.png'])(
    '%s is served to pages of every origin',
    async (path) => {
      const { status, headers } = await gateway.ask('GET', path, { headers: {} });
      expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(headers.get('cache-control')).toContain('max-age=86400');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    },
  );

  it.each(['/flags/XX.png', '/flags/', '/flags/..%2f..%2fpackage.json', '/flags/%2e%2e/NOTICE.md', '/flags/.env'])(
    '%s leads nowhere',
    async (path) => {
      const { status, body } = await gateway.ask('GET', path, { headers: {} });
      expect([400, 403, 404]).toContain(status);
      expect(body).toMatchObject({ success: 0, msg_arabic: expect.any(String) });
    },
  );
});
