import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { type ImportJob, LARGEST_IMPORT, Refusal, type Role, ROLES } from '@open-cpo/contracts';
import { replyOf } from '../fixture/recording-bus';
import { bearer, recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';

const ID = 'orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11';
const JOB: ImportJob = {
  id: ID,
  kind: 'orders',
  status: 'waiting',
  dry_run: false,
  progress: 0,
  rows: 0,
  created: 0,
  unchanged: 0,
  failed: 0,
  unknown_columns: [],
  reason: null,
  created_at: '2025-03-22T22:02:36.000000Z',
  ended_at: null,
};

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => {
  gateway.bus.reset();
  gateway.files.reset();
  gateway.bus.answer = () => replyOf(JOB);
});

async function upload(fields: Record<string, string>, file?: string, headers: Record<string, string> = bearer()) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  if (file !== undefined) body.append('file', new Blob([file]), 'a.csv');
  const answer = await fetch(`${gateway.url}/api/imports`, { method: 'POST', headers, body });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as object };
}

describe('a file to import', () => {
  it('is stored, and its kind’s service is told where it is', async () => {
    const { status, headers } = await upload({ kind: 'orders', dry_run: 'true' }, 'a,b\n1,2\n');
    expect([status, headers.get('location')]).toEqual([202, `/api/imports/${ID}`]);
    expect(gateway.bus.last).toMatchObject({
      subject: 'orders.orders-imports.start',
      input: { object: expect.stringMatching(/^import-[\da-f-]{36}$/) as string, size: 8, dry_run: true },
    });
  });

  it('has one name under one idempotency key of an account', async () => {
    const names = new Set<unknown>();
    for (const key of ['k-1', 'k-1', 'k-2']) {
      await upload({ kind: 'orders' }, 'a', { ...bearer(), 'idempotency-key': key });
      names.add((gateway.bus.last?.input as { object: string }).object);
    }
    expect(names.size).toBe(2);
  });

  it('stays as it is when its key comes again with another content, which is refused', async () => {
    const headers = { ...bearer(), 'idempotency-key': 'k-1' };
    await upload({ kind: 'orders' }, 'a,b', headers);
    expect((await upload({ kind: 'orders' }, 'a,b', headers)).status).toBe(202);
    const calls = gateway.bus.calls.length;
    const { status, headers: answered } = await upload({ kind: 'orders' }, 'b,a', headers);
    expect([status, answered.get('x-error-code')]).toEqual([422, 'idempotency_mismatch']);
    expect(gateway.bus.calls).toHaveLength(calls);
    expect([...gateway.files.contents.values()].map(String)).toEqual(['a,b']);
  });

  it('of a running import stays when its key comes again with an invalid field', async () => {
    const headers = { ...bearer(), 'idempotency-key': 'k-9' };
    expect((await upload({ kind: 'orders' }, 'a,b', headers)).status).toBe(202);
    expect((await upload({ kind: 'orders', dry_run: 'maybe' }, 'a,b', headers)).status).toBe(422);
    expect([...gateway.files.contents.values()].map(String)).toEqual(['a,b']);
  });

  it('has another name for another user or kind under the same key', async () => {
    const names = new Set<unknown>();
    for (const [kind, role] of [
      ['workers', 'owner'],
      ['workers', 'admin'],
      ['power-centers', 'owner'],
    ] as const) {
      await upload({ kind }, 'a', { ...bearer(role), 'idempotency-key': 'k-1' });
      names.add((gateway.bus.last?.input as { object: string }).object);
    }
    expect(names.size).toBe(3);
  });

  it.each([
    ['idempotency_mismatch', 1],
    ['idempotency_in_flight', 1],
    ['too_many_requests', 0],
  ] as const)('that is refused with %s leaves %d file: it may be the one of an accepted import', async (code, left) => {
    gateway.bus.answer = () => Promise.reject(new Refusal(code));
    await upload({ kind: 'orders' }, 'a', { ...bearer(), 'idempotency-key': 'k-1' });
    expect(gateway.files.contents.size).toBe(left);
  });

  it.each<[Record<string, string>, string | undefined, number, string | null]>([
    [{}, 'a', 422, 'validation_failed'],
    [{ kind: 'money' }, 'a', 422, 'validation_failed'],
    [{ kind: 'orders', dry_run: 'maybe' }, 'a', 422, 'validation_failed'],
    [{ kind: 'orders' }, undefined, 422, 'validation_failed'],
    [{ kind: 'orders' }, '', 422, 'validation_failed'],
  ])('with %j and content %j is refused', async (fields, file, status, code) => {
    const answer = await upload(fields, file);
    expect([answer.status, answer.headers.get('x-error-code')]).toEqual([status, code]);
    expect([gateway.bus.calls, [...gateway.files.contents]]).toEqual([[], []]);
  });

  it('that is said to be too large is refused before it is sent', async () => {
    const size = { 'content-length': LARGEST_IMPORT + 1024 * 1024 };
    const headers = { ...bearer(), 'content-type': 'multipart/form-data; boundary=edge', ...size };
    const sending = request(`${gateway.url}/api/imports`, { method: 'POST', headers });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    sending.write('--edge');
    const [{ statusCode }] = await answered;
    sending.on('error', () => undefined).destroy();
    expect(statusCode).toBe(413);
  });

  const MAY: Record<string, readonly Role[]> = {
    'power-centers': ['owner', 'admin', 'manager'],
    workers: ['owner', 'admin', 'manager'],
    orders: ['owner'],
  };
  it.each(Object.entries(MAY))(
    'of %s is for those who may create them, and history for the owner',
    async (kind, may) => {
      for (const role of ROLES) {
        const { status } = await upload({ kind }, 'a', bearer(role));
        expect([role, status]).toEqual([role, may.includes(role) ? 202 : 403]);
        const one = await gateway.ask('GET', `/api/imports/${ID.replace('orders', kind)}`, { headers: bearer(role) });
        expect([role, one.status]).toEqual([role, may.includes(role) ? 200 : 403]);
      }
    },
  );
});

it('imports are listed over all kinds that the caller may have, newest first', async () => {
  let day = 0;
  gateway.bus.answer = () => replyOf([{ ...JOB, created_at: `2025-01-0${(day += 1)}T00:00:00.000000Z` }]);
  const { body } = await gateway.ask('GET', '/api/imports', { headers: bearer() });
  const { results } = body as { results: ImportJob[] };
  expect(results.map(({ created_at }) => created_at.slice(0, 10))).toEqual(['2025-01-03', '2025-01-02', '2025-01-01']);
  gateway.bus.reset();
  await gateway.ask('GET', '/api/imports', { headers: bearer('manager') });
  expect(gateway.bus.calls.map(({ subject }) => subject).sort()).toEqual([
    'stations.power-centers-imports.list',
    'workforce.workers-imports.list',
  ]);
});

it.each(['1', 'money-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11'])('an import "%s" does not exist', async (id) => {
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/errors'],
    ['DELETE', ''],
  ] as const)
    expect((await gateway.ask(method, `/api/imports/${id}${path}`, { headers: bearer() })).status).toBe(404);
  expect(gateway.bus.calls).toEqual([]);
});
