import { isDeepStrictEqual } from 'node:util';
import { jetstreamManager } from '@nats-io/jetstream';
import { type UserSnapshot, userChanged, webhooksNotice } from '@open-cpo/contracts';
import { startTestGateway, type TestGateway, until } from '@open-cpo/testing';
import { Client } from 'pg';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { type Notifications, startNotifications } from '../test/notifications';

interface Hook {
  readonly id: number;
  readonly status: string;
}

const WAITING = `select 1 from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;
const URL = 'https://93.184.216.34/hook';

describe('webhooks of a user who may not have them any more', () => {
  let service: Notifications;
  let gateway: TestGateway;
  let owner: string;
  let admin: string;

  beforeAll(async () => {
    service = await startNotifications('webhook-creators');
    gateway = await startTestGateway({ broker: service.broker, gateway: gatewayParts });
    owner = gateway.auth.token({ userId: 11, accountId: 1, role: 'owner' });
    admin = gateway.auth.token({ userId: 13, accountId: 1, role: 'admin' });
  });
  afterAll(async () => {
    await gateway?.stop();
    await service?.stop();
  });
  beforeEach(() => service.db.query('truncate webhooks, webhook_deliveries, outbox, inbox'));

  const ask = async (method: string, path: string, body?: object, token = owner): Promise<Hook> => {
    const answer = await fetch(`${gateway.url}/api/webhooks${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return ((await answer.json()) as { results: Hook }).results;
  };
  const create = (token: string) => ask('POST', '', { url: URL }, token);
  const status = async ({ id }: Hook) => (await ask('GET', `/${id}`)).status;

  const became = async (snapshot: Partial<UserSnapshot>) => {
    const usual = { userId: 13, accountId: 1, ownerId: 11, currency: 'USD', timeZone: 'UTC', active: true };
    await service.say(
      userChanged,
      { snapshot: { ...usual, role: 'admin' as const, ...snapshot } },
      snapshot.userId ?? 13,
    );
    await service.settled();
  };
  /** How many notices about the account there are, and the last one. */
  const notices = async () => {
    const { streams } = await jetstreamManager(service.nats);
    const subject = `${webhooksNotice.subject}.1`;
    const { state } = await streams.info('FACTS', { subjects_filter: subject });
    const last = await streams.getMessage('FACTS', { last_by_subj: subject });
    return { count: state.subjects?.[subject], last: last?.json<{ kind: string }>() };
  };

  it('are disabled when the user is removed, and owners get one mail for each', async () => {
    const [left, other] = [await create(admin), await create(owner)];
    await became({ active: false });
    expect(await status(left)).toBe('active');
    await became({ active: false, removed: true });
    await became({ active: false, removed: true });
    const notice = { kind: 'webhook-left-behind', account_id: 1, user_id: null, details: { host: '93.184.216.34' } };
    await until(async () => isDeepStrictEqual((await notices()).last, notice), 'the notice');
    const { count = 0 } = await notices();
    expect([await status(left), await status(other)]).toEqual(['disabled', 'active']);
    expect(await ask('PATCH', `/${left.id}`, { active: true })).toMatchObject({ status: 'active', last_error: null });
    await became({ active: false, removed: true });
    expect(await status(left)).toBe('active');
    const changed = async () => (await notices()).last?.kind === 'webhook-changed';
    await until(changed, 'the notice of the change');
    expect(await notices()).toMatchObject({ count: count + 1 });
  });

  it('are disabled and removed also where their address is none any more', async () => {
    const { id } = await create(gateway.auth.token({ userId: 16, accountId: 1, role: 'admin' }));
    await service.db.query(`update webhooks set url = 'https://0x7f.1.2.3.4.5/hook' where id = $1`, [id]);
    await became({ userId: 16, active: false, removed: true });
    expect(await status({ id, status: '' })).toBe('disabled');
    const headers = { authorization: `Bearer ${owner}` };
    await fetch(`${gateway.url}/api/webhooks/${id}`, { method: 'DELETE', headers });
    expect(await service.db.query('select 1 from webhooks where id = $1', [id])).toEqual([]);
  });

  it('are disabled also when the request that adds one is under way', async () => {
    const adding = new Client({ connectionString: service.db.ownerUrl });
    await adding.connect();
    try {
      await adding.query('begin');
      await adding.query('select pg_advisory_xact_lock(4711, 1)');
      const { rows } = await adding.query<Hook>(
        `insert into webhooks (account_id, url, description, events, secrets, created_by)
         values (1, $1, '', '{}', '', 15) returning id::int`,
        [URL],
      );
      const handled = became({ userId: 15, active: false, removed: true });
      await until(async () => (await service.db.query(WAITING)).length > 0, 'the end of the user to wait');
      await adding.query('commit');
      await handled;
      expect(await status(rows[0] as Hook)).toBe('disabled');
    } finally {
      await adding.end();
    }
  });

  it('are disabled when the user gets a role without webhooks, unless another user has changed their address', async () => {
    const other = gateway.auth.token({ userId: 14, accountId: 1, role: 'admin' });
    const [left, taken] = [await create(other), await create(other)];
    await ask('PATCH', `/${taken.id}`, { url: `${URL}/2` });
    await became({ userId: 14, role: 'manager' });
    expect([await status(left), await status(taken)]).toEqual(['disabled', 'active']);
  });
});
