import { startTestAuditLog, startTestGateway, testBroker, until } from '@open-cpo/testing';
import type { TestAuditLog, TestBroker, TestGateway } from '@open-cpo/testing';
import * as gatewayParts from '../index';

const SERVICES = ['auth', 'chargers', 'notifications', 'orders', 'payouts', 'stations', 'workforce'];
const INSERT = `
  insert into audit_log (at, account_id, user_id, request_id, action, subject, subject_id, before, after)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

interface Entry {
  readonly at?: string;
  readonly account?: number | null;
  readonly user?: number | null;
  readonly action?: string;
  readonly subject?: string;
  readonly id?: string;
  readonly before?: object;
  readonly after?: object;
}

interface Shown {
  readonly id: string;
  readonly at: string;
  readonly [field: string]: unknown;
}
interface Trail {
  readonly data: Shown[];
  readonly meta: { readonly per_page: number; readonly next: string | null };
}

let broker: TestBroker;
let gateway: TestGateway;
let logs: Map<string, TestAuditLog>;
beforeAll(async () => {
  broker = await testBroker();
  const started = SERVICES.map(async (name) => [name, await startTestAuditLog(name, broker)] as const);
  logs = new Map(await Promise.all(started));
  gateway = await startTestGateway({ broker, gateway: gatewayParts });
});
afterAll(async () => {
  await gateway?.stop();
  for (const log of logs?.values() ?? []) await log.stop();
  await broker?.stop();
});

let account = 0;
let token: string;
beforeEach(() => {
  account += 1;
  token = gateway.auth.token({ userId: account, accountId: account });
});

async function write(service: string, entry: Entry = {}): Promise<void> {
  const {
    at = new Date().toISOString(),
    user = account,
    action = 'things.update',
    subject = 'thing',
    id = '1',
  } = entry;
  const whose = entry.account === undefined ? account : entry.account;
  const json = [entry.before, entry.after].map((value) => (value ? JSON.stringify(value) : null));
  await logs.get(service)?.database.query(INSERT, [at, whose, user, 'r-1', action, subject, id, ...json]);
}
const ask = (query: string, bearer = token) =>
  fetch(`${gateway.url}/api/audit${query}`, { headers: { authorization: `Bearer ${bearer}` } });
async function page(query = '', bearer = token): Promise<Trail> {
  const answer = await ask(query, bearer);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { results: Trail }).results;
}
const actions = ({ data }: Trail) => data.map(({ action }) => action);

/** Reads page by page; `between` happens after each. */
async function all(query: string, between = async (): Promise<void> => undefined): Promise<Shown[]> {
  const found: Shown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { data, meta }: Trail = await page(`?${query}${cursor && `&cursor=${cursor}`}`);
    found.push(...data);
    cursor = meta.next;
    await between();
  }
  return found;
}

describe('GET /api/audit', () => {
  it('shows who did what, before and after', async () => {
    const before = { price: '1.00' };
    const after = { price: '2.00' };
    await write('stations', { at: '2026-01-02T03:04:05.123456Z', action: 'prices.update', before, after, id: '7' });
    const trail = await page();
    expect(trail.meta).toEqual({ per_page: 15, next: null });
    expect(trail.data).toEqual([
      {
        id: expect.stringMatching(/^stations-\d+$/) as string,
        at: '2026-01-02T03:04:05.123456Z',
        actor: 'user',
        user_id: account,
        action: 'prices.update',
        subject: 'thing',
        subject_id: '7',
        before,
        after,
        request_id: 'r-1',
      },
    ]);
  });

  it('merges the logs of all services by time, and pages through them without a gap or a repetition', async () => {
    // Groups of entries of the very same microsecond, over all services and several of one.
    const moments = Array.from({ length: 11 }, (_, n) => `2026-02-01T00:00:00.${String(100_000 + n)}Z`);
    for (const at of moments) for (const service of [...SERVICES, 'payouts', 'auth']) await write(service, { at });
    const expected = await page('?itemsPerPage=100');
    expect(expected.data).toHaveLength(99);
    expect(expected.meta.next).toBeNull();
    expect(expected.data.map(({ at }) => at)).toEqual([...expected.data.map(({ at }) => at)].sort().reverse());
    for (const size of [1, 7, 32, 98, 99]) expect(await all(`itemsPerPage=${size}`)).toEqual(expected.data);
    // What happens meanwhile is newer, and shifts nothing.
    expect(await all('itemsPerPage=20', () => write('orders'))).toEqual(expected.data);
  });

  it('is filtered by who, what and when', async () => {
    await write('auth', { at: '2026-03-01T00:00:00Z', user: 77, action: 'members.create', subject: 'member', id: '5' });
    await write('payouts', { at: '2026-03-02T00:00:00Z', action: 'payouts.create', subject: 'payout', id: '5' });
    await write('stations', { at: '2026-03-03T00:00:00Z', user: 77, action: 'prices.update', subject: 'charge-point' });
    const filtered = async (query: string) => actions(await page(query));
    expect(await filtered('?user_id=77')).toEqual(['prices.update', 'members.create']);
    expect(await filtered('?action=payouts.create')).toEqual(['payouts.create']);
    expect(await filtered('?subject=member')).toEqual(['members.create']);
    expect(await filtered('?subject=payout&subject_id=5')).toEqual(['payouts.create']);
    expect(await filtered('?subject=payout&subject_id=6')).toEqual([]);
    expect(await filtered('?subject_id=5')).toEqual(['payouts.create', 'members.create']);
    expect(await filtered('?from=2026-03-02T00:00:00Z')).toEqual(['prices.update', 'payouts.create']);
    expect(await filtered('?to=2026-03-02T00:00:00Z')).toEqual(['members.create']);
    expect(await filtered('?from=2026-03-02T01:00:00%2B01:00&to=2026-03-03T00:00:00Z')).toEqual(['payouts.create']);
    expect(await filtered('?user_id=77&action=prices.update&itemsPerPage=1')).toEqual(['prices.update']);
  });

  it('says of the platform’s staff that it was them, and not who', async () => {
    const after = { locked: true, reason: 'chargebacks', by: 'sam@desk-3' };
    await write('auth', { user: null, action: 'accounts.lock', after });
    await write('auth', { user: null, action: 'accounts.create', at: '2026-01-01T00:00:00Z' });
    const { data } = await page();
    expect(data[0]).toMatchObject({ actor: 'operator', user_id: null, after: { locked: true, reason: 'chargebacks' } });
    expect(data[1]).toMatchObject({ actor: 'system', after: null });
    expect(JSON.stringify(data)).not.toContain('sam');
  });

  it('shows nothing of another account, nor of none, whatever is asked for', async () => {
    for (const service of SERVICES) {
      await write(service);
      await write(service, { account: null });
    }
    const { data, meta } = await page('?itemsPerPage=2');
    expect(data).toHaveLength(2);
    const rival = gateway.auth.token({ userId: 9001, accountId: 9001 });
    const queries = ['', `?user_id=${account}`, `?cursor=${meta.next}`, '?account_id=1', '?subject=thing&subject_id=1'];
    for (const query of queries) expect((await page(query, rival)).data).toEqual([]);
  });

  it.each([
    ['cursor=x', 'cursor'],
    [`cursor=${Buffer.from('1.gateway.1').toString('base64url')}`, 'cursor'],
    [`cursor=${Buffer.from('9999999999999999.auth.1').toString('base64url')}`, 'cursor'],
    [`cursor=${'a'.repeat(201)}`, 'cursor'],
    ['itemsPerPage=0', 'items_per_page'],
    ['itemsPerPage=101', 'items_per_page'],
    ['itemsPerPage=-1', 'items_per_page'],
    ['from=yesterday', 'from'],
    ['to=2026-02-30T00:00:00Z', 'to'],
    ['user_id=me', 'user_id'],
    ['action[]=a', 'action'],
    ['subject=%00', 'subject'],
  ])('refuses ?%s', async (query, field) => {
    const answer = await ask(`?${query}`);
    expect(answer.status).toBe(422);
    expect(((await answer.json()) as { errors: object }).errors).toHaveProperty(field);
  });

  it.each([
    ['owner', 200],
    ['admin', 200],
    ['manager', 403],
    ['viewer', 403],
  ] as const)('is for a(n) %s: %d', async (role, status) => {
    const bearer = gateway.auth.token({ userId: 5000 + account, accountId: account, role });
    expect((await ask('', bearer)).status).toBe(status);
  });

  it('is revalidated by its ETag, and never answered without one of the logs', async () => {
    await write('orders');
    const first = await ask('');
    const headers = { authorization: `Bearer ${token}`, 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${gateway.url}/api/audit`, { headers })).status).toBe(304);
    await logs.get('workforce')?.stop();
    logs.delete('workforce');
    await until(async () => (await ask('')).status === 503, 'a refusal');
  });
});
