import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { bearer, type RecordingGateway, recordingGateway } from '../../fixture/recording-gateway';
import { replyOf } from '../../fixture/recording-bus';

interface Raw {
  readonly status?: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
  /** The connection broke before the end. */
  readonly broken: boolean;
}

const KEPT = '/api/categories/charge-point/datatable';
const NOT_KEPT = '/api/orders';
const long = { text: 'power center '.repeat(500) };

let gateway: RecordingGateway;
beforeAll(async () => (gateway = await recordingGateway({ CACHE_MAX_AGE: '10000' })));
afterAll(() => gateway?.stop());
beforeEach(async () => {
  await raw('DELETE', '/api/categories/1');
  gateway.bus.reset();
  gateway.bus.answer = () => replyOf(long);
});

/** The bytes as they come: fetch would open them. */
const raw = (method: string, path: string, headers: Record<string, string> = {}): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const asked = request(gateway.url + path, { method, headers: { ...bearer(), ...headers } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', () => undefined);
      answer.on('close', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          body: Buffer.concat(parts),
          broken: !answer.complete,
        }),
      );
    });
    asked.on('error', reject).end();
  });
const get = (path: string, coding: string) => raw('GET', path, { 'accept-encoding': coding });
const opened = ({ headers, body }: Raw): string =>
  (headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : gunzipSync(body)).toString();

describe.each([
  ['a kept answer', KEPT],
  ['an answer that is not kept', NOT_KEPT],
])('%s', (_what, path) => {
  it.each(['br', 'gzip'])('goes out in %s to who takes it, and says so', async (coding) => {
    const plain = await get(path, 'identity');
    const { headers, body, ...more } = await get(path, coding);
    expect([headers['content-encoding'], headers.vary]).toEqual([coding, 'Origin, Accept-Encoding']);
    expect(headers['content-length']).toBe(String(body.length));
    expect(body.length).toBeLessThan(plain.body.length / 5);
    expect(opened({ headers, body, ...more })).toBe(plain.body.toString());
  });

  it('goes out as it is to everybody else, saying that it might not have', async () => {
    const { headers, body } = await raw('GET', path);
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'Origin, Accept-Encoding']);
    expect(body.toString()).toContain('power center');
  });

  it('that is short is not worth it', async () => {
    gateway.bus.answer = () => replyOf({ id: 1 });
    expect((await get(path, 'gzip')).headers['content-encoding']).toBeUndefined();
  });
});

it('a validator is the same in every coding', async () => {
  const [plain, packed] = [await get(KEPT, 'identity'), await get(KEPT, 'gzip')];
  expect(packed.headers.etag).toBe(plain.headers.etag);
  const again = await raw('GET', KEPT, { 'accept-encoding': 'gzip', 'if-none-match': String(packed.headers.etag) });
  expect([again.status, again.headers['content-encoding'], again.body.length]).toEqual([304, undefined, 0]);
});

it('a kept answer is compressed once', async () => {
  const bodies = await Promise.all([1, 2, 3].map(() => get(KEPT, 'gzip')));
  expect(new Set(bodies.map(({ body }) => body.toString('hex'))).size).toBe(1);
});

describe('a streamed answer', () => {
  const rows = (count: number, end?: Error) =>
    async function* () {
      for (let row = 0; row < count; row += 1) {
        yield await Promise.resolve({ bytes: Buffer.from(JSON.stringify({ row, ...long })), rows: 1 });
      }
      if (end) throw end;
    };

  it('is compressed on its way', async () => {
    gateway.bus.rows = rows(200);
    const answer = await get('/api/orders?itemsPerPage=-1', 'br, gzip');
    expect(answer.headers['content-encoding']).toBe('br');
    expect((JSON.parse(opened(answer)) as { results: { data: object[] } }).results.data).toHaveLength(200);
  });

  it('that breaks does not look whole', async () => {
    gateway.bus.rows = rows(200, new Error('the cursor is gone'));
    const answer = await get('/api/orders?itemsPerPage=-1', 'gzip');
    expect([answer.status, answer.broken]).toEqual([200, true]);
  });
});

describe('what is never compressed', () => {
  it('are answers to writes, in which tokens and keys are told', async () => {
    const answer = await raw('DELETE', '/api/categories/1', { 'accept-encoding': 'gzip' });
    expect([answer.headers['content-encoding'], answer.headers.vary]).toEqual([undefined, 'Origin']);
  });

  it('are files', async () => {
    gateway.bus.answer = () =>
      replyOf({ id: 'orders-1', kind: 'orders', status: 'waiting', progress: 0, rows: null, file: null });
    const answer = await raw('GET', '/api/orders/export', { 'accept-encoding': 'gzip', prefer: 'respond-async' });
    expect([answer.status, answer.headers['content-encoding']]).toEqual([202, undefined]);
  });

  it('is anything where that is switched off', async () => {
    const other = await recordingGateway({ COMPRESS_FROM: '0' });
    other.bus.answer = () => replyOf(long);
    const { headers } = await other.ask('GET', NOT_KEPT, { headers: { ...bearer(), 'accept-encoding': 'gzip' } });
    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([null, 'Origin']);
    await other.stop();
  });
});
