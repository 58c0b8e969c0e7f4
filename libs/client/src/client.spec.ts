import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ApiError, type Client, type ClientOptions, createClient, type ErrorCode, unwrap } from './index';

interface Seen {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** The connection breaks instead. */
  readonly breaks?: boolean;
}

let server: Server;
let seen: Seen[];
let answers: Answer[];
let baseUrl: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(parts).toString() });
      const { status = 200, headers: more, body = {}, breaks } = answers.shift() ?? {};
      if (breaks) return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'r1', ...more });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answers = [];
});

const client = (options: Partial<ClientOptions> = {}): Client => createClient({ baseUrl, ...options });
const list = (options?: Partial<ClientOptions>) => client(options).GET('/api/charge-points');
const create = (options?: Partial<ClientOptions>, headers?: Record<string, string>) =>
  client(options).POST('/api/charge-points', { body: { title: 'Harbour', category: 'EV_CHARGER' }, headers });
const refusal = (status: number, code: string, more: Record<string, string> = {}, body: object = {}): Answer => ({
  status,
  headers: { 'x-error-code': code, ...more },
  body,
});

describe('a request', () => {
  it('says who asks, in which language, and has a name of its own', async () => {
    await list({ token: 'abc', apiKey: '1|key', language: 'ar' });
    await list({ token: async () => Promise.resolve('later') });
    const [first, second] = seen;
    expect(first?.headers).toMatchObject({ authorization: 'Bearer abc', 'api-key': '1|key', 'accept-language': 'ar' });
    expect(second?.headers.authorization).toBe('Bearer later');
    expect(first?.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(second?.headers['x-request-id']).not.toBe(first?.headers['x-request-id']);
  });

  it('of a stranger says nothing about who asks', async () => {
    await list();
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
    expect(seen[0]?.headers).not.toHaveProperty('api-key');
  });

  it('that writes carries a key by which it counts once, the caller’s own where there is one', async () => {
    await create();
    await create();
    await create({}, { 'Idempotency-Key': 'mine' });
    await list();
    const keys = seen.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(4);
    expect(keys.slice(2)).toEqual(['mine', undefined]);
  });

  it('has parameters and nested queries in their places', async () => {
    await client().GET('/api/charge-points/{id}', { params: { path: { id: 58 } } });
    const sortBy = [{ key: 'title', order: 'asc' }] as never;
    await client().GET('/api/charge-points/datatable', { params: { query: { search: 'Düne & Co', page: 2, sortBy } } });
    expect(seen.map(({ url }) => decodeURIComponent(url ?? ''))).toEqual([
      '/api/charge-points/58',
      '/api/charge-points/datatable?search=Düne & Co&page=2&sortBy[0][key]=title&sortBy[0][order]=asc',
    ]);
  });
});

describe('an answer', () => {
  it('is what the API sent', async () => {
    answers = [{ body: [{ id: 1, title: 'Harbour' }] }, { status: 204 }];
    expect(await unwrap(list())).toEqual([{ id: 1, title: 'Harbour' }]);
    expect(await unwrap(client().POST('/api/v3/auth/logout', { body: { device_imei: 'x' } }))).toBeUndefined();
  });

  it('tells that the token should be renewed', async () => {
    answers = [{ headers: { 'token-refresh-required': '1' } }, {}];
    let due = 0;
    const onRefreshDue = (): void => void (due += 1);
    await list({ onRefreshDue });
    await list({ onRefreshDue });
    expect(due).toBe(1);
  });

  it('that is a refusal is an error with its code, and the fields that were wrong', async () => {
    const fields = { title: ['The title field is required.'] };
    answers = [
      refusal(422, 'validation_failed', {}, { success: 0, message: 'Validation failed.', errors: fields }),
      refusal(422, 'validation_failed', {}, fields),
      refusal(403, 'forbidden', {}, { success: 0, error: 'No.' }),
      { status: 502, body: 'not ours' },
    ];
    const errors: ApiError[] = [];
    for (let count = 0; count < 4; count += 1) await unwrap(list()).catch((error: ApiError) => errors.push(error));
    expect(errors.every((error) => error instanceof ApiError)).toBe(true);
    expect(errors.map(({ status, code, fields: wrong }) => [status, code, wrong])).toEqual([
      [422, 'validation_failed', fields],
      [422, 'validation_failed', fields],
      [403, 'forbidden', {}],
      [502, 'unknown', {}],
    ]);
    expect(errors.map(({ message }) => message)).toEqual([
      'Validation failed.',
      '422 Unprocessable Entity',
      'No.',
      '502 Bad Gateway',
    ]);
    expect(errors[0]?.requestId).toBe('r1');
  });

  it('has codes that are known when it compiles', () => {
    const known: ErrorCode[] = ['validation_failed', 'not_found', 'too_many_requests', 'service_unavailable'];
    // @ts-expect-error -- no refusal has this code
    const unknown: ErrorCode = 'no_such_code';
    expect([...known, unknown]).toHaveLength(5);
  });
});

describe('what failed for the moment', () => {
  it.each([
    ['a read when the connection broke', list, { breaks: true }],
    ['a read when a service is away', list, refusal(503, 'service_unavailable', { 'retry-after': '0' })],
    ['a write with its key when the connection broke', create, { breaks: true }],
    ['a write with its key when it is not known what became of it', create, refusal(504, 'deadline_exceeded')],
    ['a write while the first try is under way', create, refusal(409, 'idempotency_in_flight', { 'retry-after': '0' })],
    ['anything when it was too much at once', create, refusal(429, 'too_many_requests', { 'retry-after': '0' })],
  ])('is sent again: %s', async (_what, ask, trouble) => {
    answers = [trouble, trouble, { body: { id: 7 } }];
    const { response } = await ask();
    expect([response.status, seen.length]).toEqual([200, 3]);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(new Set(seen.map(({ headers }) => headers['x-request-id'])).size).toBe(1);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it('is told in the end', async () => {
    answers = Array.from({ length: 3 }, () => refusal(503, 'service_unavailable', { 'retry-after': '0' }));
    await expect(unwrap(list())).rejects.toMatchObject({ code: 'service_unavailable', retryAfter: 0 });
    expect(seen).toHaveLength(3);
    answers = Array.from({ length: 3 }, () => ({ breaks: true }));
    await expect(list()).rejects.toThrow();
    expect(seen).toHaveLength(6);
  });

  it('is told at once when the wait would be too long, or nothing is to be sent again', async () => {
    answers = [refusal(429, 'too_many_requests', { 'retry-after': '60' }), { breaks: true }];
    await expect(unwrap(list())).rejects.toMatchObject({ retryAfter: 60 });
    await expect(list({ retries: 0 })).rejects.toThrow();
    expect(seen).toHaveLength(2);
  });

  it('is not waited for by who has hung up', async () => {
    answers = [refusal(503, 'service_unavailable', { 'retry-after': '9' })];
    const hangUp = new AbortController();
    const asked = client().GET('/api/charge-points', { signal: hangUp.signal });
    while (seen.length === 0) await new Promise(setImmediate);
    hangUp.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(seen).toHaveLength(1);
  });
});

it('what is refused for good is not sent again', async () => {
  answers = [refusal(409, 'conflict'), refusal(422, 'validation_failed'), refusal(500, 'internal')];
  for (let count = 0; count < 3; count += 1) await create();
  expect(seen).toHaveLength(3);
});
