import { categories } from '@open-cpo/contracts';
import { Metrics } from '@open-cpo/platform';
import { type Asked, bearer, recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';
import { replyOf } from '../../fixture/recording-bus';
import { declaredRoutes, type RouteOptions } from '../route';
import { classOf, LoopDelay, Overload } from './overload';
import '../../app.module';

const PLACES = 10;
const limits = { readsAtOnce: 10, writesAtOnce: 10, loginsAtOnce: 10, exportsAtOnce: 10, shedDelay: 100 };
const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a gateway that is asked for three times what it can do', () => {
  let gateway: RecordingGateway;
  let release = (): void => undefined;
  beforeAll(async () => {
    gateway = await recordingGateway({ READS_AT_ONCE: String(PLACES), WRITES_AT_ONCE: String(PLACES) });
  });
  beforeEach(() => {
    gateway.bus.reset();
    const held = new Promise<void>((resolve) => (release = resolve));
    gateway.bus.answer = (_call, { kind }) => (kind === 'read' ? held.then(() => replyOf([])) : replyOf({ id: 1 }));
  });
  afterAll(() => gateway.stop());

  const read = (path = '/api/user/permissions'): Promise<Asked> => gateway.ask('GET', path);
  const write = (): Promise<Asked> =>
    gateway.ask('POST', '/api/user/password', { body: { password: 'x' }, headers: bearer() });

  it('does what it has places for, and turns the rest away before anything else is finished', async () => {
    const all = Array.from({ length: 3 * PLACES }, () => read());
    const early: Asked[] = [];
    all.forEach((one) => void one.then((answer) => early.push(answer)));
    await until(() => early.length === 2 * PLACES);
    expect(gateway.bus.calls).toHaveLength(PLACES);
    for (const { status, headers, body } of early) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(headers.get('x-error-code')).toBe('service_unavailable');
      expect(body).toEqual({ success: 0, msg: expect.any(String), msg_arabic: expect.any(String) });
    }
    release();
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(PLACES);
  });

  it('goes on with other classes, and with the same one as soon as there is a place', async () => {
    const held = Array.from({ length: PLACES }, () => read());
    await until(() => gateway.bus.calls.length === PLACES);
    expect((await write()).status).toBe(200);
    expect((await read()).status).toBe(503);
    release();
    await Promise.all(held);
    expect((await read()).status).toBe(200);
  });

  it('keeps its goodput: every round fills all places', async () => {
    release();
    gateway.bus.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return replyOf([]);
    };
    let served = 0;
    let shed = 0;
    const client = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        if ((await read()).status === 200) served += 1;
        else shed += 1;
      }
    };
    await Promise.all(Array.from({ length: 3 * PLACES }, client));
    expect(served + shed).toBe(30 * PLACES);
    expect(served).toBeGreaterThanOrEqual(3 * PLACES);
    expect((await read()).status).toBe(200);
  });
});

describe('a gateway whose event loop is late', () => {
  const metrics = new Metrics();
  const delay = { value: 0 };
  const overload = new Overload(limits, metrics, delay);
  const route = (calls: RouteOptions['calls']): RouteOptions => ({ title: '', description: '', can: 'token', calls });
  const reads = route(categories.all);
  const writes = route(categories.create);
  const tried = (of: RouteOptions): Promise<string> =>
    overload
      .within(of, () => Promise.resolve())
      .then(
        () => 'done',
        (error: { code: string }) => error.code,
      );

  it.each([
    [0, 'done', 'done'],
    [150, 'service_unavailable', 'done'],
    [250, 'service_unavailable', 'service_unavailable'],
    [50, 'done', 'done'],
  ])('by %i ms: reads %s, writes %s', async (late, read, write) => {
    delay.value = late;
    expect([await tried(reads), await tried(writes)]).toEqual([read, write]);
  });

  it('tells', async () => {
    const text = await metrics.text();
    expect(text).toContain('open_cpo_http_shed_total{class="reads",reason="delay"} 2');
    expect(text).toContain('open_cpo_event_loop_late_seconds 0.05');
    expect(text).toContain('open_cpo_http_class_in_flight{class="reads"} 0');
  });

  it('gives a place back when the work fails', async () => {
    const broken = (): Promise<void> => Promise.reject(new Error('broken'));
    for (let times = 0; times < 30; times += 1) await overload.within(reads, broken).catch(() => undefined);
    expect(await tried(reads)).toBe('done');
  });
});

describe('the delay of the event loop', () => {
  it('is nothing to speak of after one long pause', () => {
    const delay = new LoopDelay();
    delay.saw(1000);
    expect(delay.value).toBe(200);
    for (let look = 0; look < 10; look += 1) delay.saw(0);
    expect(delay.value).toBeLessThan(25);
  });

  it('shows when pauses follow each other', () => {
    const delay = new LoopDelay();
    for (let look = 0; look < 20; look += 1) delay.saw(500);
    expect(delay.value).toBeGreaterThan(490);
  });

  it('is seen by looking again and again', () => {
    jest.useFakeTimers();
    let now = 0;
    const delay = new LoopDelay().watch(() => now);
    now = 50;
    jest.advanceTimersByTime(50);
    expect(delay.value).toBe(0);
    now = 350;
    jest.advanceTimersByTime(50);
    expect(delay.value).toBe(50);
    delay.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});

const classes = (): Record<string, string> =>
  Object.fromEntries(declaredRoutes().map((route) => [`${route.method} ${route.calls.subject}`, classOf(route)]));

describe('the class of a route', () => {
  it.each([
    ['GET stations.categories.all', 'reads'],
    ['GET orders.orders.table', 'reads'],
    ['POST stations.categories.create', 'writes'],
    ['POST auth.accounts.login', 'logins'],
    ['POST auth.accounts.register', 'logins'],
    ['POST auth.accounts.resetPassword', 'logins'],
    ['GET stations.power-centers-exports.start', 'exports'],
  ])('of %s is %s', (route, expected) => {
    const found = classes()[route];
    expect(found).toBe(expected);
  });

  it('is one of four for every route there is', () => {
    expect(new Set(Object.values(classes()))).toEqual(new Set(['reads', 'writes', 'logins', 'exports']));
  });
});
