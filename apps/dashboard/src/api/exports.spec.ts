import type { Client } from '@open-cpo/client';
import { Export } from './exports';

const ID = 'orders-1';

/** A client whose export is ready at its third look. */
function clientOf(calls: string[], looks: (() => void)[] = []): Client {
  const ok = (status: number, data: unknown, headers = {}) => ({
    data,
    response: new Response(null, { status: status === 202 ? 202 : 200, headers }),
  });
  const state = (progress: number) => ({
    results: { id: ID, status: progress === 100 ? 'finished' : 'running', progress },
  });
  let progress = 0;
  const GET = async (path: string) => {
    calls.push(`GET ${path}`);
    looks.shift()?.();
    if (path.endsWith('/export')) return ok(202, new Blob([JSON.stringify(state(0))]));
    if (path.endsWith('/file')) {
      return ok(200, new Blob(['a;b']), { 'content-disposition': 'attachment; filename="Orders.csv"' });
    }
    return ok(200, state((progress += 50)));
  };
  const DELETE = async (path: string) => (calls.push(`DELETE ${path}`), ok(200, {}));
  return { GET, DELETE } as unknown as Client;
}

const of = (client: Client) => new Export(client, 'orders', 'csv', () => Promise.resolve());

describe('an export', () => {
  it('is asked for later, followed, and fetched under its name', async () => {
    const calls: string[] = [];
    const told: number[] = [];
    const file = await of(clientOf(calls)).run((percent) => told.push(percent));
    expect([file?.name, await file?.blob.text(), told]).toEqual(['Orders.csv', 'a;b', [0, 50, 100]]);
    expect(calls.at(-1)).toBe('GET /api/exports/{exportId}/file');
  });

  it('is cancelled at the API while it runs, and once', async () => {
    const calls: string[] = [];
    const looks: (() => void)[] = [];
    const one = of(clientOf(calls, looks));
    looks.push(
      () => undefined,
      () => void one.cancel(),
    );
    expect(await one.run(() => undefined)).toBeUndefined();
    await one.cancel();
    expect(calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
  });

  it('is cancelled at the API even before that has named it', async () => {
    const calls: string[] = [];
    const looks: (() => void)[] = [];
    const one = of(clientOf(calls, looks));
    looks.push(() => void one.cancel());
    expect(await one.run(() => undefined)).toBeUndefined();
    expect(calls).toEqual(['GET /api/orders/export', 'DELETE /api/exports/{exportId}']);
  });
});
