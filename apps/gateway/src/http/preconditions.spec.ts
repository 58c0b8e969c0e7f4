import { bearer, type RecordingGateway, recordingGateway } from '../fixture/recording-gateway';
import { replyOf } from '../fixture/recording-bus';
import '../index';
import { readOf } from './preconditions';
import { declaredRoutes, pathOf } from './route';

const ONE = '/api/charge-points/7';

let gateway: RecordingGateway;
let stored: Record<string, unknown>;
beforeAll(async () => (gateway = await recordingGateway()));
afterAll(() => gateway?.stop());
beforeEach(() => {
  gateway.bus.reset();
  stored = { id: 7, title: 'First' };
  gateway.bus.answer = async ({ subject, input }) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (subject.endsWith('.change')) stored = { ...stored, ...(input as object) };
    return replyOf(stored);
  };
});

const etag = async (): Promise<string> => (await gateway.ask('GET', ONE)).headers.get('etag') ?? '';
const write = (method: string, tags: string, body?: object) =>
  gateway.ask(method, ONE, { headers: { ...bearer(), 'if-match': tags }, body });
const writes = () => gateway.bus.calls.filter(({ subject }) => !subject.endsWith('.one')).length;

describe('a conditional write (If-Match)', () => {
  it.each([
    ['PUT', { title: 'Second' }],
    ['PATCH', { title: 'Second' }],
    ['DELETE', undefined],
  ])('%s is done while the ETag holds', async (method, body) => {
    expect((await write(method, await etag(), body)).status).toBe(200);
    expect(writes()).toBe(1);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])(
    '%s answers 412 and does nothing once the resource has changed',
    async (method) => {
      const tag = await etag();
      stored = { ...stored, title: 'Changed' };
      const { status, headers } = await write(method, tag, method === 'DELETE' ? undefined : { title: 'Mine' });
      expect([status, headers.get('x-error-code'), writes()]).toEqual([412, 'precondition_failed', 0]);
    },
  );

  it('takes several tags, the tag without W/, and * for whatever is there', async () => {
    const tag = await etag();
    for (const tags of [`"other", ${tag}`, tag.replace('W/', ''), '*']) {
      expect((await write('PATCH', tags, {})).status).toBe(200);
    }
    expect((await write('PATCH', 'not a tag', {})).status).toBe(412);
  });

  it('reads by the path alone, never by the body or the key of the write', async () => {
    const headers = { ...bearer(), 'if-match': await etag(), 'idempotency-key': 'k-1' };
    gateway.bus.calls.length = 0;
    await gateway.ask('PATCH', `${ONE}?id=9`, { headers, body: { id: 8, title: 'Second' } });
    expect(gateway.bus.calls.map(({ input, caller }) => [input, caller.idempotencyKey])).toEqual([
      [{ id: 7 }, undefined],
      [{ id: 7, title: 'Second' }, 'k-1'],
    ]);
  });

  it('succeeds once when several come at the same time with the same tag', async () => {
    const tag = await etag();
    const titles = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(titles.map((title) => write('PATCH', tag, { title })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  it('asks nothing more where there is no If-Match', async () => {
    await gateway.ask('PATCH', ONE, { body: { title: 'Second' } });
    expect(gateway.bus.calls).toHaveLength(1);
  });

  it('is there for every write whose URL can be read with an ETag', () => {
    const conditional = new Set(
      declaredRoutes()
        .filter((route) => readOf(route))
        .map(pathOf),
    );
    expect([...conditional].sort()).toEqual([
      '/api/account/security',
      '/api/charge-point-groups/:id',
      '/api/charge-point-prices/:id',
      '/api/charge-points/:id',
      '/api/chargers/:id',
      '/api/chargers/:id/commands/:command_id',
      '/api/chargers/:id/limits',
      '/api/chargers/:id/reservations/:reservation_id',
      '/api/chargers/:id/sessions/:request_id',
      '/api/charging-sites/:id',
      '/api/charging-sites/:id/limit',
      '/api/exports/:exportId',
      '/api/imports/:importId',
      '/api/user',
      '/api/user/deletion',
      '/api/user/mails',
      '/api/user/sessions',
      '/api/webhooks/:id',
      '/api/workers/:id',
    ]);
  });
});
