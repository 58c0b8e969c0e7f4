import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { exportEnded, type ExportState, may, Refusal, ROLES } from '@open-cpo/contracts';
import { reference, until } from '@open-cpo/testing';
import { replyOf } from '../fixture/recording-bus';
import { bearer, recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';

const ID = '0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11';
const CONTENT = randomBytes(5432);
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const KINDS = [
  ['/api/charge-points/export', 'power-centers', 'stations.power-centers-exports', 'file'],
  ['/api/orders/export', 'orders', 'orders.orders-exports', 'Orders'],
  ['/api/feedback/export', 'feedback', 'orders.feedback-exports', 'feedback'],
] as const;

let gateway: RecordingGateway;
beforeAll(async () => {
  // Longer than any test: only the end of an export ends a wait.
  gateway = await recordingGateway({ EXPORT_WAIT: '55000', PUBLIC_URL: 'https://api.test' });
});
afterAll(() => gateway?.stop());
beforeEach(() => {
  gateway.bus.reset();
  gateway.files.reset();
});

const waiting = (kind: ExportState['kind']): ExportState => ({
  id: `${kind}-${ID}`,
  kind,
  status: 'waiting',
  progress: 0,
  rows: null,
  file: null,
});
const running = (kind: ExportState['kind']): ExportState => ({
  ...waiting(kind),
  status: 'running',
  progress: 40,
  rows: 400,
});
const finished = (
  kind: ExportState['kind'],
  format: 'xlsx' | 'csv' | 'json' = 'xlsx',
  content = CONTENT,
): ExportState => ({
  ...running(kind),
  status: 'finished',
  progress: 100,
  rows: 1000,
  file: gateway.files.put(`${kind}.1`, content, format),
});

/** The service returns these one after the other, and the last one for ever; it publishes an end while others follow. */
function tells(...states: readonly (ExportState | Refusal)[]): void {
  const left = [...states];
  gateway.bus.answer = ({ input }) => {
    const more = left.length > 1;
    const state = more ? left.shift() : left[0];
    const { exportId } = input as { exportId?: string };
    if (exportId && more) gateway.broadcast.publish(exportEnded, exportId, { exportId });
    return state instanceof Refusal ? Promise.reject(state) : replyOf(state);
  };
}

const bytesOf = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const answer = await fetch(gateway.url + path, { method, headers: { ...bearer(), ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};

describe.each(KINDS)('GET %s', (path, kind, subject, name) => {
  it('answers the file itself as soon as it is ready', async () => {
    tells(waiting(kind), running(kind), finished(kind));
    const { status, headers, bytes } = await bytesOf(path);
    expect([status, bytes.equals(CONTENT)]).toEqual([200, true]);
    expect(headers.get('content-type')).toBe(XLSX);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}.xlsx"`);
    expect(headers.get('content-length')).toBe(String(CONTENT.length));
    expect(gateway.bus.calls.map((call) => call.subject)).toEqual([
      `${subject}.start`,
      `${subject}.one`,
      `${subject}.one`,
    ]);
  });

  it('answers 202 with its place when it takes longer', async () => {
    const hasty = await recordingGateway({ EXPORT_WAIT: '1' });
    hasty.bus.answer = ({ subject }) => replyOf(subject.endsWith('.start') ? waiting(kind) : running(kind));
    const { status, headers, body } = await hasty.ask('GET', path);
    await hasty.stop();
    expect([status, headers.get('location')]).toEqual([202, `/api/exports/${kind}-${ID}`]);
    expect(body).toEqual({
      success: 1,
      msg: 'Done!',
      msg_arabic: reference.DONE_ARABIC,
      results: { id: `${kind}-${ID}`, kind, status: 'running', progress: 40, rows: 400, url: null },
    });
  });

  it('answers 202 at once when asked to', async () => {
    tells(waiting(kind), finished(kind));
    const { status, headers, body } = await gateway.ask('GET', path, {
      headers: { ...bearer(), prefer: 'wait=5, respond-async' },
    });
    expect([status, headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    expect(body).toMatchObject({ results: { status: 'waiting', rows: null } });
    expect(gateway.bus.calls).toHaveLength(1);
  });

  it('answers lines of text to those who accept them', async () => {
    tells(finished(kind, 'csv'));
    const { headers } = await bytesOf(path, { accept: 'text/csv' });
    expect(gateway.bus.calls[0]?.input).toEqual({ format: 'csv' });
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}.csv"`);
  });

  it('refuses once when the file could not be made', async () => {
    tells(waiting(kind), { ...waiting(kind), status: 'failed' });
    const { status, headers, body } = await gateway.ask('GET', path);
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    expect(body).toMatchObject({ success: 0, msg: 'The export failed. Please try again.' });
  });

  it('waits on while the service is away for a moment', async () => {
    tells(waiting(kind), new Refusal('service_unavailable'), new Refusal('deadline_exceeded'), finished(kind));
    expect((await bytesOf(path)).status).toBe(200);
  });

  it('passes a refusal on, with its code', async () => {
    tells(new Refusal('too_many_requests'));
    const { status, headers } = await gateway.ask('GET', path);
    expect([status, headers.get('x-error-code')]).toEqual([429, 'too_many_requests']);
  });

  it.each(ROLES)('lets %s in or not, as the permission says', async (role) => {
    tells(finished(kind));
    const { status } = await gateway.ask('GET', path, { headers: bearer(role) });
    expect(status).toBe(may(role, `${kind}.export`) ? 200 : 403);
  });

  it('reads nothing any more when the client has hung up', async () => {
    const { id: exportId } = waiting(kind);
    gateway.bus.answer = () => replyOf(waiting(kind));
    const asked = request(gateway.url + path, { headers: bearer() }).on('error', () => undefined);
    asked.end();
    await until(() => gateway.bus.calls.length > 1);
    asked.destroy();
    await until(async () => {
      const before = gateway.bus.calls.length;
      gateway.broadcast.publish(exportEnded, exportId, { exportId });
      await new Promise(setImmediate);
      return gateway.bus.calls.length === before;
    });
  });
});

describe('GET /api/exports/{id}', () => {
  const path = `/api/exports/orders-${ID}`;

  it('tells how far it is, and where the file is once it is whole', async () => {
    tells(running('orders'), finished('orders'));
    expect((await gateway.ask('GET', path)).body).toMatchObject({
      results: { status: 'running', progress: 40, url: null },
    });
    const { body } = await gateway.ask('GET', path);
    expect(body).toMatchObject({
      results: { status: 'finished', progress: 100, rows: 1000, url: `https://api.test${path}/file` },
    });
    expect(gateway.bus.last).toMatchObject({
      subject: 'orders.orders-exports.one',
      input: { exportId: `orders-${ID}` },
    });
  });

  it.each(['7', `invoices-${ID}`, `orders-${ID}x`, 'orders', '__proto__', `ORDERS-${ID}`])(
    'knows nothing of %s',
    async (id) => {
      expect((await gateway.ask('GET', `/api/exports/${id}`)).status).toBe(404);
      expect(gateway.bus.calls).toEqual([]);
    },
  );

  it.each(['forbidden', 'not_found'] as const)('passes on that it is %s', async (code) => {
    tells(new Refusal(code));
    const { status, headers } = await gateway.ask('GET', path);
    expect([status, headers.get('x-error-code')]).toEqual([code === 'forbidden' ? 403 : 404, code]);
  });

  it('is cancelled by DELETE', async () => {
    gateway.bus.answer = () => replyOf(undefined);
    gateway.bus.call = () => Promise.resolve(undefined as never);
    const { status, body } = await gateway.ask('DELETE', path);
    expect([status, body]).toEqual([200, { success: 1, msg: 'Done!', msg_arabic: reference.DONE_ARABIC }]);
    Reflect.deleteProperty(gateway.bus, 'call');
  });
});

describe('GET /api/exports/{id}/file', () => {
  const path = `/api/exports/feedback-${ID}/file`;
  const etagOf = async (): Promise<string> => (await bytesOf(path)).headers.get('etag') ?? '';

  it('is the file, with its length and tag', async () => {
    tells(finished('feedback'));
    const { status, headers, bytes } = await bytesOf(path);
    expect([status, bytes.equals(CONTENT)]).toEqual([200, true]);
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
  });

  it('is not found while there is none', async () => {
    tells(running('feedback'));
    expect((await gateway.ask('GET', path)).status).toBe(404);
  });

  it('is not found when the store has lost it', async () => {
    const state = finished('feedback');
    gateway.files.reset();
    tells(state);
    const { status, headers, body } = await gateway.ask('GET', path);
    expect([status, headers.get('content-disposition')]).toEqual([404, null]);
    expect(body).toEqual({ error: 'Invalid Resource Requested' });
  });

  it('goes on where a client was cut off', async () => {
    tells(finished('feedback'));
    const etag = await etagOf();
    const { status, headers, bytes } = await bytesOf(path, { range: 'bytes=5000-', 'if-range': etag });
    expect([status, headers.get('content-range')]).toEqual([206, `bytes 5000-5431/${CONTENT.length}`]);
    expect([headers.get('content-length'), bytes.equals(CONTENT.subarray(5000))]).toEqual(['432', true]);
  });

  it('is whole when the part that is asked for was of another file', async () => {
    tells(finished('feedback'));
    const { status, bytes } = await bytesOf(path, { range: 'bytes=5000-', 'if-range': '"another"' });
    expect([status, bytes.length]).toEqual([200, CONTENT.length]);
  });

  it('says so when nothing is at the asked place', async () => {
    tells(finished('feedback'));
    const { status, headers } = await bytesOf(path, { range: 'bytes=9999-' });
    expect([status, headers.get('content-range')]).toEqual([416, `bytes */${CONTENT.length}`]);
    expect(headers.get('x-error-code')).toBe('range_not_satisfiable');
  });

  it('is not sent again to those who have it', async () => {
    tells(finished('feedback'));
    const { status, bytes } = await bytesOf(path, { 'if-none-match': await etagOf() });
    expect([status, bytes.length]).toEqual([304, 0]);
  });

  it('is described without being sent', async () => {
    tells(finished('feedback'));
    const { status, headers, bytes } = await bytesOf(path, {}, 'HEAD');
    expect([status, headers.get('content-length'), bytes.length]).toEqual([200, String(CONTENT.length), 0]);
    expect(gateway.files.given).toBe(0);
  });

  it('breaks the connection when the store breaks, instead of ending early', async () => {
    tells(finished('feedback'));
    gateway.files.breaksAfter = 3000;
    await expect(bytesOf(path)).rejects.toThrow();
  });

  it('is refused when the store breaks at once', async () => {
    tells(finished('feedback'));
    gateway.files.breaksAfter = 0;
    const { status, headers } = await gateway.ask('GET', path);
    expect([status, headers.get('content-type')]).toEqual([503, 'application/json; charset=utf-8']);
    expect([headers.get('etag'), headers.get('content-disposition')]).toEqual([null, null]);
  });

  it('is let go of when the client goes away', async () => {
    const large = randomBytes(20_000_000);
    tells(finished('feedback', 'xlsx', large));
    await new Promise<void>((resolve) => {
      const asked = request(gateway.url + path, { headers: bearer() }, (answer) => {
        answer.once('data', () => {
          asked.destroy();
          resolve();
        });
      });
      asked.on('error', () => undefined).end();
    });
    await until(() => gateway.files.ended === 1, 'the reading to end');
    expect(gateway.files.given).toBeLessThan(large.length);
  });
});

describe('an export of personal data', () => {
  it('is whole when it is asked for, whatever conditions and ranges the request has', async () => {
    tells(finished('personal-data', 'json'));
    const { status, bytes } = await bytesOf('/api/user/export', { range: 'bytes=0-', 'if-none-match': '*' }, 'POST');
    expect([status, bytes.equals(CONTENT)]).toEqual([200, true]);
  });

  it.each(['owner', 'viewer'] as const)('is a file of JSON for a %s, and is kept in no cache', async (role) => {
    tells(finished('personal-data', 'json'));
    const { status, headers } = await gateway.ask('GET', `/api/exports/personal-data-${ID}/file`, {
      headers: bearer(role),
    });
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ]);
    expect(headers.get('content-disposition')).toBe('attachment; filename="personal-data.json"');
  });
});

describe('an export whose maker may not export any more', () => {
  it.each(KINDS)('of %s is neither shown nor cancelled nor handed out', async (_path, kind) => {
    for (const [method, path] of [
      ['GET', `/api/exports/${kind}-${ID}`],
      ['DELETE', `/api/exports/${kind}-${ID}`],
      ['GET', `/api/exports/${kind}-${ID}/file`],
    ] as const) {
      const { status, headers } = await gateway.ask(method, path, { headers: bearer('viewer') });
      expect([status, headers.get('x-error-code')]).toEqual([403, 'forbidden']);
    }
    expect(gateway.bus.calls).toEqual([]);
  });
});
