import { request as rawRequest } from 'node:http';
import { performance } from 'node:perf_hooks';
import { Refusal } from '@open-cpo/contracts';
import { API_KEY, bearer, type RecordingGateway, recordingGateway } from '../../fixture/recording-gateway';
import { replyOf } from '../../fixture/recording-bus';

const LIST = '/api/categories/charge-point/datatable';
const ONE = '/api/charge-points/7';

let gateway: RecordingGateway;
let answers = 0;
beforeAll(async () => (gateway = await recordingGateway({ CACHE_MAX_AGE: '10000' })));
afterAll(() => gateway?.stop());
beforeEach(async () => {
  // Whatever was kept for the account is old after a write of its own.
  await gateway.ask('DELETE', '/api/categories/1');
  gateway.bus.reset();
  answers = 0;
  gateway.bus.answer = () => replyOf({ answer: (answers += 1) });
});
afterEach(() => jest.restoreAllMocks());

const get = (path: string, headers: Record<string, string> = {}, role = bearer()) =>
  gateway.ask('GET', path, { headers: { ...role, ...headers } });
const calls = (): number => gateway.bus.calls.length;

describe('a read that was just answered', () => {
  it('is answered again without asking the service, to the letter', async () => {
    const first = await get(LIST);
    const again = await get(LIST);
    expect([calls(), again.text, again.status]).toEqual([1, first.text, 200]);
    const told = ['etag', 'content-type', 'cache-control', 'vary', 'content-length'];
    expect(told.map((name) => again.headers.get(name))).toEqual(told.map((name) => first.headers.get(name)));
    expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('may be a stream as well', async () => {
    const first = await get('/api/charge-points');
    expect(first.text).toBe('[{"id":2},{"id":1}]');
    expect([(await get('/api/charge-points')).text, calls()]).toEqual([first.text, 1]);
  });

  it.each([
    ['another query', () => get(`${LIST}?page=2`)],
    ['another language', () => get(LIST, { 'accept-language': 'ar' })],
    ['another role', () => get(LIST, {}, bearer('viewer'))],
  ])('is asked for anew with %s', async (_what, ask) => {
    await get(LIST);
    await ask();
    expect(calls()).toBe(2);
  });

  it('is asked for anew by an integration and with another Accept where these decide', async () => {
    await get(ONE);
    expect(Object.keys((await get(ONE, { 'api-key': API_KEY })).body as object)).toContain('results');
    await get('/api/charge-points/7/geojson');
    const geo = await get('/api/charge-points/7/geojson', { accept: 'application/geo+json' });
    expect([geo.headers.get('content-type'), calls()]).toEqual(['application/geo+json', 4]);
    expect(geo.headers.get('vary')).toBe('Origin, Accept, Accept-Encoding');
  });

  it('is asked for anew after a write of the account through this gateway, even one that failed', async () => {
    await get(LIST);
    gateway.bus.answer = () => Promise.reject(new Refusal('deadline_exceeded'));
    expect((await gateway.ask('POST', '/api/categories', { body: { name: 'x', type: 'y' } })).status).toBe(504);
    gateway.bus.answer = () => replyOf({ answer: (answers += 1) });
    expect((await get(LIST)).body).toMatchObject({ results: { answer: 2 } });
  });

  it('is asked for anew after a GET that writes', async () => {
    await get(LIST);
    await get('/api/user/subscribe');
    await get(LIST);
    expect(calls()).toBe(3);
  });

  it('is asked for anew when it is as old as an answer may become', async () => {
    await get(LIST);
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now + 9000);
    await get(LIST);
    expect(calls()).toBe(1);
    clock.mockReturnValue(now + 10_001);
    await get(LIST);
    expect(calls()).toBe(2);
  });

  it('is not kept when a write came between the question and the answer', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    gateway.bus.answer = async ({ subject }) => {
      if (subject.endsWith('table')) await held;
      return replyOf({ answer: (answers += 1) });
    };
    const slow = get(LIST);
    while (calls() === 0) await new Promise(setImmediate);
    await gateway.ask('DELETE', '/api/categories/1');
    release();
    expect((await slow).body).toMatchObject({ results: { answer: 2 } });
    expect((await get(LIST)).body).toMatchObject({ results: { answer: 3 } });
  });

  it('is still refused to who may not see it', async () => {
    await get(LIST);
    expect((await get(LIST, {}, { authorization: 'Bearer nobody.of.one' })).status).toBe(401);
    expect((await get(LIST, { 'api-key': 'no key' })).status).toBe(401);
  });
});

describe('a read that is asked for many times at once', () => {
  /** Holds the answers of the service until they are released. */
  const holding = () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    return { held, release: () => release() };
  };
  const asked = async (count: number): Promise<void> => {
    while (calls() < count) await new Promise(setImmediate);
  };

  it('is asked of the service once', async () => {
    const { held, release } = holding();
    gateway.bus.answer = () => held.then(() => replyOf({ answer: (answers += 1) }));
    const first = get(LIST);
    await asked(1);
    const others = Array.from({ length: 20 }, () => get(LIST));
    const other = get(`${LIST}?page=2`);
    await asked(2);
    release();
    const texts = (await Promise.all([first, ...others])).map(({ text }) => text);
    await other;
    expect([new Set(texts).size, calls()]).toEqual([1, 2]);
  });

  it('is read again by requests after a write', async () => {
    const { held, release } = holding();
    gateway.bus.answer = ({ subject }) => {
      const answer = (answers += 1);
      return subject.endsWith('table') && answer === 1 ? held.then(() => replyOf({ answer })) : replyOf({ answer });
    };
    const before = get(LIST);
    await asked(1);
    await gateway.ask('DELETE', '/api/categories/1');
    expect((await get(LIST)).body).toMatchObject({ results: { answer: 3 } });
    release();
    expect((await before).body).toMatchObject({ results: { answer: 1 } });
    expect((await get(LIST)).body).toMatchObject({ results: { answer: 3 } });
  });

  it('is asked for by each itself where the first one was refused', async () => {
    const { held, release } = holding();
    gateway.bus.answer = () => {
      if ((answers += 1) > 1) return replyOf({ answer: answers });
      return held.then(() => Promise.reject(new Refusal('not_found')));
    };
    const first = get(LIST);
    await asked(1);
    const others = [get(LIST), get(LIST)];
    for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate);
    release();
    expect((await first).status).toBe(404);
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('what is not kept', () => {
  it('are refusals', async () => {
    gateway.bus.answer = () => Promise.reject(new Refusal('not_found'));
    expect((await get(ONE)).status).toBe(404);
    gateway.bus.answer = () => replyOf({ id: 7 });
    expect((await get(ONE)).status).toBe(200);
  });

  it('are reads whose changes nobody tells, and GETs that write', async () => {
    for (const path of ['/api/orders', '/api/user/balance', '/api/user/subscribe']) {
      await get(path);
      await get(path);
      expect([path, calls()]).toEqual([path, 2]);
      gateway.bus.reset();
    }
  });

  it('are answers beyond a quarter of a megabyte, which stream on with a length of their own', async () => {
    const row = Buffer.from(JSON.stringify({ text: 'x'.repeat(60_000) }));
    gateway.bus.rows = async function* () {
      for (let count = 0; count < 10; count += 1) yield await Promise.resolve({ bytes: row, rows: 1 });
    };
    const { body, headers } = await get('/api/charge-points');
    expect(body).toHaveLength(10);
    expect(headers.get('etag')).toBeNull();
    await get('/api/charge-points');
    expect(calls()).toBe(2);
  });

  it('are answers to URLs without end', async () => {
    const path = `${LIST}?search=${'x'.repeat(1100)}`;
    await get(path);
    await get(path);
    expect(calls()).toBe(2);
  });

  it('is anything where that is switched off', async () => {
    const other = await recordingGateway({ CACHE_MAX_AGE: '0' });
    await other.ask('GET', LIST);
    await other.ask('GET', LIST);
    expect(other.bus.calls).toHaveLength(2);
    await other.stop();
  });
});

describe('a conditional request', () => {
  const tagOf = async (path = LIST): Promise<string> => (await get(path)).headers.get('etag') ?? '';

  it('is answered 304 without a body, with the headers that a cache needs', async () => {
    const tag = await tagOf();
    const { status, text, headers } = await get(LIST, { 'if-none-match': `"other", ${tag}` });
    expect([status, text, calls()]).toEqual([304, '', 1]);
    expect(headers.get('etag')).toBe(tag);
    expect(headers.get('cache-control')).toBe('no-cache, private');
    expect(headers.get('vary')).toBe('Origin, Accept-Encoding');
    expect(headers.get('x-request-id')).toBeTruthy();
    expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual([null, null]);
  });

  it('is answered 304 also when the service had to be asked, as long as the answer is the same', async () => {
    gateway.bus.answer = () => replyOf({ answer: 'the same' });
    const tag = await tagOf();
    await gateway.ask('DELETE', '/api/categories/1');
    expect((await get(LIST, { 'if-none-match': tag })).status).toBe(304);
    expect(calls()).toBe(3);
  });

  it('is answered 304 where nothing is kept, too, be it a page or rows', async () => {
    gateway.bus.answer = () => replyOf({ data: [], meta: { per_page: 15, total: 0 } });
    for (const path of ['/api/orders', '/api/user/balance', '/api/workers', '/api/orders?itemsPerPage=-1']) {
      const tag = await tagOf(path);
      expect([path, tag]).toEqual([path, expect.stringMatching(/^W\/"[\w+/]{22}"$/)]);
      expect([path, (await get(path, { 'if-none-match': tag })).status]).toEqual([path, 304]);
    }
  });

  it('has no meaning for a GET that writes and for an answer of more than a quarter of a megabyte', async () => {
    gateway.bus.answer = () => replyOf({ text: 'x'.repeat(300_000) });
    for (const path of ['/api/orders', '/api/user/subscribe']) {
      const { status, headers } = await get(path, { 'if-none-match': '*' });
      expect([path, status, headers.get('etag')]).toEqual([path, 200, null]);
    }
  });

  it('is answered in full when the answer is another one', async () => {
    const tag = await tagOf();
    await gateway.ask('DELETE', '/api/categories/1');
    const { status, body, headers } = await get(LIST, { 'if-none-match': tag });
    expect([status, headers.get('etag') === tag]).toEqual([200, false]);
    expect(body).toMatchObject({ results: { answer: 3 } });
  });

  it('with a star is answered 304 where there is something, else as ever', async () => {
    expect((await get(LIST, { 'if-none-match': '*' })).status).toBe(304);
    gateway.bus.answer = () => Promise.reject(new Refusal('not_found'));
    expect((await get(ONE, { 'if-none-match': '*' })).status).toBe(404);
  });

  it('may be a HEAD, which is told what GET would be', async () => {
    const { headers } = await get(LIST);
    const head = (more: Record<string, string> = {}) =>
      new Promise<[number | undefined, string | undefined, string | undefined]>((resolve) => {
        rawRequest(`${gateway.url}${LIST}`, { method: 'HEAD', headers: { ...bearer(), ...more } }, (answer) => {
          answer.resume();
          resolve([answer.statusCode, answer.headers.etag, answer.headers['content-length']]);
        }).end();
      });
    const tag = headers.get('etag') ?? '';
    expect(await head()).toEqual([200, tag, headers.get('content-length')]);
    expect((await head({ 'if-none-match': tag })).slice(0, 2)).toEqual([304, tag]);
    expect(calls()).toBe(1);
  });
});
