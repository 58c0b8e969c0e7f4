import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { replyOf } from '../../fixture/recording-bus';
import { bearer, recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';
import { BODY_LIMIT, BODY_TIMEOUT_MS } from './body-reader';
import { DISCARD_MS } from './pending-body';
import '../..';

const MIB = 1024 * 1024;
let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway({ BYTES_IN_FLIGHT: String(4 * MIB) });
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

const connections: Socket[] = [];
afterEach(() => connections.splice(0).forEach((socket) => socket.destroy()));

/** A connection that has sent something, and what came back on it. */
async function sent(text: string): Promise<{ socket: Socket; received: () => string }> {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  connections.push(socket);
  await once(socket, 'connect');
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString()));
  socket.write(text);
  return { socket, received: () => received };
}

async function answer(text: string): Promise<string> {
  const { received } = await sent(text);
  while (!received().includes('}')) await pause(10);
  return received();
}

const head = (method: string, path: string, headers: Record<string, string | number>): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'host: x',
    ...Object.entries(headers).map(([name, of]) => `${name}: ${of}`),
    '',
    '',
  ].join('\r\n');
/** Has `setTimeout` wait for `jest.advanceTimersByTime`; everything else, and Node's own timers, go on. */
const holdTimeouts = (): unknown =>
  jest.useFakeTimers({
    doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval'],
  });
afterEach(() => jest.useRealTimers());
const JSON_BODY = { 'content-type': 'application/json', 'content-length': 1000 };
const statusOf = (text: string): number => Number(text.split(' ')[1]);

describe('a request that is refused anyway', () => {
  it.each([
    ['an unknown route', 'POST', '/no/such/path', 404, {}],
    ['a method that the route does not answer to', 'PUT', '/api/categories', 405, bearer()],
    ['no token', 'POST', '/api/categories', 401, {}],
    ['an invalid token', 'POST', '/api/categories', 401, { authorization: 'Bearer nobody.of.one' }],
    ['an invalid API key', 'POST', '/api/v3/auth/login', 401, { 'api-key': '9|unknown' }],
    ['no permission', 'POST', '/api/categories', 403, bearer('viewer')],
    ['a type that is not supported', 'POST', '/api/categories', 415, { ...bearer(), 'content-type': 'text/plain' }],
    ['a compressed body', 'POST', '/api/categories', 415, { ...bearer(), 'content-encoding': 'gzip' }],
    [
      'compressed files',
      'POST',
      '/api/payout-methods/add/x',
      415,
      { ...bearer(), 'content-type': 'multipart/form-data; boundary=x', 'content-encoding': 'br' },
    ],
    ['a size beyond the limit', 'POST', '/api/categories', 413, { ...bearer(), 'content-length': BODY_LIMIT + 1 }],
    [
      'no token, and a file',
      'POST',
      '/api/payout-methods/add/x',
      401,
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
    ['no token, and pieces', 'POST', '/api/categories', 401, { 'transfer-encoding': 'chunked' }],
  ])('for %s is answered before its body is sent', async (_why, method, path, status, headers) => {
    const given: Record<string, string | number> = { ...JSON_BODY, ...headers };
    if ('transfer-encoding' in given) delete given['content-length'];
    const text = await answer(head(method, path, given));
    expect(statusOf(text)).toBe(status);
    expect(text).toContain('"success":0');
    expect(gateway.bus.calls).toEqual([]);
  });

  it('leaves its connection in order for the next one', async () => {
    const { socket, received } = await sent(head('POST', '/api/categories', { ...JSON_BODY, 'content-length': 4 }));
    while (!received().includes('}')) await pause(10);
    socket.write(`null${head('GET', '/api/no/such', {})}`);
    while (!received().includes('route_not_found')) await pause(10);
    expect(received().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 404']);
  });

  it('for its size is told so, to a client that sends all of it first', async () => {
    for (const headers of [bearer(), { ...bearer(), connection: 'close' }]) {
      const tooLarge = Buffer.alloc(8 * MIB, 'x');
      const { status, headers: answered } = await gateway.ask('POST', '/api/categories', {
        body: tooLarge,
        headers: { ...headers, 'content-type': 'application/json' },
      });
      expect([status, answered.get('x-error-code')]).toEqual([413, 'payload_too_large']);
    }
  });

  it('for its size in pieces is told so as well', async () => {
    const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
    const given = { ...bearer(), 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    expect(statusOf(await answer(head('POST', '/api/categories', given) + chunk.repeat(17)))).toBe(413);
  });

  it('is discarded, also after a client has sent nothing for a while', async () => {
    holdTimeouts();
    const { socket, received } = await sent(
      head('POST', '/api/categories', { ...JSON_BODY, 'content-length': 8 * 65_536 }),
    );
    while (!received().includes('}')) await pause(10);
    socket.write('x'.repeat(4 * 65_536));
    jest.advanceTimersByTime(DISCARD_MS - 1);
    socket.write('x'.repeat(4 * 65_536));
    socket.write(head('GET', '/api/no/such', {}));
    while (!received().includes('HTTP/1.1 404') && !socket.destroyed) await pause(10);
    expect(received().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 404']);
  });

  it('is not discarded for ever', async () => {
    holdTimeouts();
    const { socket, received } = await sent(head('POST', '/no/such/path', JSON_BODY));
    while (!received().includes('}')) await pause(10);
    const closed = once(socket, 'close');
    jest.advanceTimersByTime(DISCARD_MS);
    await closed;
    expect(received().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404']);
  });
});

describe('a form with an escape that is no UTF-8', () => {
  const form = { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' };

  it.each(['name=%E9t%E9', 'name=100%', '%zz=1'])('%s is refused and not stored as it is', async (body) => {
    const { status, headers } = await gateway.ask('POST', '/api/categories', {
      body: Buffer.from(body),
      headers: form,
    });
    expect([status, headers.get('x-error-code')]).toEqual([400, 'malformed_request']);
    expect(gateway.bus.calls).toEqual([]);
  });

  it('is refused in a query as well', async () => {
    const { status, headers } = await gateway.ask('GET', '/api/orders?search=%E9');
    expect([status, headers.get('x-error-code')]).toEqual([400, 'malformed_request']);
  });

  it('passes where it is plain, and says so of its coding', async () => {
    const headers = { ...form, 'content-encoding': 'identity' };
    const { status } = await gateway.ask('POST', '/api/categories', {
      body: Buffer.from('name=%C3%A9t%C3%A9'),
      headers,
    });
    expect(status).toBe(200);
  });
});

describe('bytes in flight', () => {
  const megabyte = (length: number) =>
    head('POST', '/api/categories', { ...bearer(), ...JSON_BODY, 'content-length': length });

  it('are bounded for one network, and there is room again once they are gone', async () => {
    const first = await sent(`${megabyte(MIB)}${'x'.repeat(MIB - 10)}`);
    const tried = async () => gateway.ask('POST', '/api/categories', { body: { name: 'x'.repeat(100_000) } });
    let refused = await tried();
    while (refused.status !== 503) refused = await tried();
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(refused.body).toMatchObject({ success: 0, msg: expect.any(String), msg_arabic: expect.any(String) });
    expect((await gateway.ask('GET', '/api/categories/7')).status).toBe(200);
    first.socket.destroy();
    while ((await tried()).status !== 200) await pause(20);
  });

  it('are given back with every answer', async () => {
    for (let n = 0; n < 12; n += 1) {
      const { status } = await gateway.ask('POST', '/api/categories', { body: { name: 'x'.repeat(MIB / 2) } });
      expect(status).toBe(200);
    }
  });

  it('are given back whatever type a body of a payment provider is said to have', async () => {
    gateway.bus.answer = () => replyOf(null);
    for (let n = 0; n < 12; n += 1) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x', 'stripe-signature': 't=1' };
      const body = Buffer.alloc(MIB / 2, 'x');
      const { status } = await gateway.ask('POST', '/api/webhooks/stripe', { headers, body });
      expect(status).toBe(200);
    }
  });
});

describe('a slow client', () => {
  it('whose body is not complete in time gets 408 and is cut off, however steadily it sends', async () => {
    holdTimeouts();
    const { socket, received } = await sent(`${head('POST', '/api/categories', { ...bearer(), ...JSON_BODY })}{"a":`);
    while (jest.getTimerCount() === 0) await pause(10);
    socket.write('{"a":');
    jest.advanceTimersByTime(BODY_TIMEOUT_MS - 1);
    // Served on another connection: the first one was not ended before.
    await gateway.ask('GET', '/api/categories/7');
    expect([socket.destroyed, received()]).toEqual([false, '']);
    const closed = once(socket, 'close');
    jest.advanceTimersByTime(1);
    await closed;
    expect(statusOf(received())).toBe(408);
  });

  it('whose head is not complete in time gets 408 and is cut off', async () => {
    const { server } = gateway;
    expect(server.headersTimeout).toBe(10_000);
    // Node measures it by a clock of its own.
    server.headersTimeout = 1;
    const { socket, received } = await sent('GET /api/categories/7 HTTP/1.1\r\nhost: x\r\n');
    await once(socket, 'close');
    server.headersTimeout = 10_000;
    expect(statusOf(received())).toBe(408);
  });
});
