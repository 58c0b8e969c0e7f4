import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jetstreamManager } from '@nats-io/jetstream';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  deliverEvent,
  delivering,
  orderCompleted,
  userChanged,
  type UserSnapshot,
  webhookDisabled,
} from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { internalCaller } from '@open-cpo/messaging';
import { environment, Metrics, PlatformModule } from '@open-cpo/platform';
import { startTestGateway, testConfig, type TestGateway, until } from '@open-cpo/testing';
import { Webhook } from 'standardwebhooks';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the endpoint: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the endpoint: tests pass apps to the kit
import { AppModule } from '../../../worker/src/app.module';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the endpoint: tests pass apps to the kit
import { WorkerConfig } from '../../../worker/src/config';
import { orderOf } from '../test/facts';
import { type Notifications, startNotifications } from '../test/notifications';
import { StuckDeliveriesSweeper } from './stuck-deliveries.sweeper';

interface Hook {
  readonly id: number;
  readonly secret: string;
}
interface Delivery {
  readonly id: number;
  readonly status: string;
  readonly attempts: number;
  readonly event_id: string;
}
interface Came {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('webhooks, from the API to the endpoint', () => {
  const prefix = `test-${randomUUID()}`;
  const redis = { REDIS_URL: environment().TEST_REDIS_URL, REDIS_PREFIX: prefix };
  let service: Notifications;
  let gateway: TestGateway;
  let worker: INestApplicationContext;
  let endpoint: Server;
  let came: Came[];
  /** Answers that an endpoint is thinking about. */
  let slow: ServerResponse[];
  let status: number;
  let tokens: Record<'owner' | 'rival' | 'viewer', string>;

  const tries = async (result: string): Promise<number> => {
    const text = await worker.get(Metrics).text();
    return Number(new RegExp(`^open_cpo_webhook_tries_total\\{result="${result}"\\} (\\d+)`, 'm').exec(text)?.[1]);
  };

  beforeAll(async () => {
    service = await startNotifications('webhooks', { ...redis, WEBHOOK_LOCAL_TARGETS: 'true' });
    gateway = await startTestGateway({ broker: service.broker, gateway: gatewayParts });
    tokens = {
      owner: gateway.auth.token({ userId: 11, accountId: 1, role: 'owner' }),
      rival: gateway.auth.token({ userId: 21, accountId: 2, role: 'owner' }),
      viewer: gateway.auth.token({ userId: 12, accountId: 1, role: 'viewer' }),
    };
    const mail = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.test' };
    const config = testConfig(WorkerConfig, service.broker, { ...redis, ...mail, WEBHOOK_LOCAL_TARGETS: 'true' });
    const imports = [PlatformModule.forRoot(config, 'worker'), AppModule.forRoot(config)];
    worker = await NestFactory.createApplicationContext({ module: class Root {}, imports }, { logger: false });
    endpoint = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        if (request.url === '/slow') return void slow.push(response);
        came.push({ headers: request.headers, body });
        response.writeHead(status).end();
      });
    });
    endpoint.listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
  });
  afterAll(async () => {
    await worker?.close();
    await gateway?.stop();
    await service?.stop();
    endpoint?.close();
  });
  beforeEach(async () => {
    came = [];
    slow = [];
    status = 204;
    await service.db.query('truncate webhooks, webhook_deliveries, feeds, events, inbox');
  });

  const url = () => `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`;
  const ask = async <T>(method: string, path: string, body?: object, token = tokens.owner) => {
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    const answer = await fetch(`${gateway.url}/api/webhooks${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...type },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const json = (await answer.json()) as { results: T; errors?: Record<string, string[]> };
    return { status: answer.status, body: json, results: json.results };
  };
  const create = async (more: object = {}, token = tokens.owner): Promise<Hook> =>
    (await ask<Hook>('POST', '', { url: url(), ...more }, token)).results;
  /** One after the other: together they would wait for each other's connections. */
  const inTurn = async <T>(asks: readonly (() => Promise<T>)[]): Promise<T[]> => {
    const answers: T[] = [];
    for (const one of asks) answers.push(await one());
    return answers;
  };
  const complete = (id: number, accountId = 1) => service.say(orderCompleted, orderOf(id, accountId), 12);
  const deliveries = async ({ id }: Hook, query = ''): Promise<Delivery[]> =>
    (await ask<{ data: Delivery[] }>('GET', `/${id}/deliveries${query}`)).results.data;
  /** The last event of its kind about the account. */
  const told = (subject: string): Promise<unknown> =>
    until(async () => {
      const manager = await jetstreamManager(service.nats);
      const query = { last_by_subj: `${subject}.1` };
      return manager.streams.getMessage('FACTS', query).then(
        (message) => message?.json(),
        () => undefined,
      );
    });
  const first = (hook: Hook, wanted: string) =>
    until(async () => (await deliveries(hook)).find((one) => one.status === wanted), `a delivery that is ${wanted}`);

  it('are told of events, signed so that the standard’s library believes them', async () => {
    const hook = await create({ events: ['order.completed'] });
    const eventId = await complete(7);
    const delivered = await first(hook, 'delivered');
    expect(delivered).toMatchObject({ event_id: eventId, type: 'order.completed', sequence: 1, attempts: 1 });
    const [{ headers, body }] = came as [Came];
    const event = new Webhook(hook.secret).verify(body, headers as Record<string, string>);
    expect(event).toMatchObject({ id: eventId, type: 'order.completed', sequence: 1, data: { id: 7 } });
    expect(headers['webhook-id']).toBe(eventId);
    expect(JSON.parse(body)).not.toHaveProperty('account_id');
  });

  it('show a secret once', async () => {
    const made = await ask<Hook>('POST', '', { url: url(), description: 'Accounting' });
    const { id, secret } = made.results;
    for (const path of ['', `/${id}`, `/${id}/deliveries`]) {
      expect(JSON.stringify((await ask('GET', path)).body)).not.toContain(secret);
    }
    const [row] = await service.db.query<{ row: string }>('select w::text as row from webhooks w');
    expect(row?.row).not.toContain(secret);
  });

  it('belong to one account, and to those of its users who may', async () => {
    const hook = await create();
    await create({}, tokens.rival);
    await complete(1, 2);
    await service.settled();
    expect(await deliveries(hook)).toEqual([]);
    expect((await ask<Hook[]>('GET', '', undefined, tokens.rival)).results.map(({ id }) => id)).not.toContain(hook.id);
    const path = `/${hook.id}`;
    const others = await inTurn([
      () => ask('GET', path, undefined, tokens.rival),
      () => ask('PATCH', path, { active: false }, tokens.rival),
      () => ask('DELETE', path, undefined, tokens.rival),
      () => ask('POST', `${path}/secret`, undefined, tokens.rival),
      () => ask('POST', `${path}/test`, undefined, tokens.rival),
      () => ask('GET', `${path}/deliveries`, undefined, tokens.rival),
      () => ask('GET', '', undefined, tokens.viewer),
    ]);
    expect(others.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403, 403, 403]);
    expect((await ask('GET', '/999999')).status).toBe(404);
  });

  it('lead to public addresses alone, and are not many', async () => {
    for (const bad of ['http://example.com/', 'https://10.0.0.1/', 'https://postgres.svc.cluster.local/', 'x']) {
      const { status: code, body } = await ask('POST', '', { url: bad });
      expect([code, Object.keys(body.errors ?? {})]).toEqual([422, ['url']]);
    }
    expect((await ask('POST', '', { url: url(), events: ['order.eaten'] })).status).toBe(422);
    await inTurn(Array.from({ length: 11 }, () => () => ask('POST', '', { url: url() })));
    expect((await ask<Hook[]>('GET', '')).results).toHaveLength(10);
  });

  it('are not told of what happened before they were made', async () => {
    const hook = await create();
    await service.db.query(`update webhooks set created_at = now() + interval '1 hour'`);
    await complete(1);
    await until(async () => (await service.db.query('select 1 from events')).length === 1);
    await service.db.query('update webhooks set created_at = now()');
    const eventId = await complete(2);
    await first(hook, 'delivered');
    expect((await deliveries(hook)).map(({ event_id }) => event_id)).toEqual([eventId]);
  });

  it('are tried again until they answer, always under the same webhook-id', async () => {
    status = 500;
    const hook = await create();
    const eventId = await complete(1);
    await until(() => came.length === 1);
    await until(async () => (await deliveries(hook))[0]?.attempts === 1);
    expect((await ask('GET', `/${hook.id}`)).results).toMatchObject({
      status: 'active',
      last_error: 'The endpoint answered 500.',
      failing_since: expect.any(String),
    });
    status = 200;
    await first(hook, 'delivered');
    expect(came.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId]);
    await until(async () => (await tries('failed')) > 0 && (await tries('delivered')) > 0);
    expect((await ask('GET', `/${hook.id}`)).results).toMatchObject({ failing_since: null, last_error: null });
  });

  it('are given up after the last try, or when the queue and the endpoint say so, and replayed when somebody asks', async () => {
    status = 410;
    const before = await tries('given_up');
    const hook = await create();
    await complete(1);
    const { id } = await first(hook, 'failed');
    await until(async () => (await tries('given_up')) === before + 1, 'operators to see it');
    expect((await ask('GET', `/${hook.id}`)).results).toMatchObject({ status: 'disabled' });
    // Its owner gets one mail, which auth sends.
    expect(await told(webhookDisabled.subject)).toEqual({ webhook_id: hook.id, account_id: 1, url: url() });
    expect((await deliveries(hook, '?status=failed')).length).toBe(1);
    expect((await deliveries(hook, '?status=delivered')).length).toBe(0);
    status = 204;
    await ask('PATCH', `/${hook.id}`, { active: true });
    const replayed = await ask<Delivery>('POST', `/${hook.id}/deliveries/${id}/replay`);
    expect([replayed.status, replayed.results.status]).toEqual([200, 'pending']);
    await first(hook, 'delivered');
    expect((await ask('POST', `/${hook.id}/deliveries/${id}/replay`, undefined, tokens.rival)).status).toBe(403);
    expect((await ask('POST', `/${hook.id}/deliveries/123456789/replay`)).status).toBe(404);
  });

  it('are disabled after failing for days, and told nothing while they are paused', async () => {
    status = 500;
    const hook = await create();
    await service.db.query(`update webhooks set failing_since = now() - interval '4 days'`);
    await complete(1);
    await until(async () => (await ask<{ status: string }>('GET', `/${hook.id}`)).results.status === 'disabled');
    await ask('PATCH', `/${hook.id}`, { active: false });
    await complete(2);
    await service.settled();
    expect(await deliveries(hook)).toHaveLength(1);
  });

  it('arrive although the queue has lost them', async () => {
    const hook = await create();
    await service.db.query(
      `insert into webhook_deliveries (account_id, webhook_id, event_id, type, body, due_at)
       values (1, $1, 'lost', 'ping', '{}', now() - interval '1 minute')`,
      [hook.id],
    );
    expect(await service.app.get(StuckDeliveriesSweeper).run()).toBe(1);
    expect(await first(hook, 'delivered')).toMatchObject({ event_id: 'lost' });
  });

  it('are tried no sooner for having had several jobs', async () => {
    status = 500;
    const hook = await create();
    await service.db.query(
      `insert into webhook_deliveries (account_id, webhook_id, event_id, type, body, attempts, due_at)
       values (1, $1, 'held', 'order.rated', '{}', 5, now() - interval '1 minute')`,
      [hook.id],
    );
    await service.app.get(StuckDeliveriesSweeper).run();
    await until(async () => (await deliveries(hook))[0]?.attempts === 6);
    const queue = await worker.get(JobQueues, { strict: false }).open(deliverEvent);
    const delays = await until(async () => {
      const delayed = (await queue.getDelayed()).map(({ delay }) => delay);
      return delayed.some((delay) => delay > 20_000) ? delayed : undefined;
    });
    // Between half of 5 s times 2^5 and the whole.
    const longest = Math.max(...delays);
    expect(longest).toBeGreaterThanOrEqual(80_000);
    expect(longest).toBeLessThanOrEqual(160_000);
  });

  it('keep nobody else waiting where an endpoint is slow, and lose nothing there', async () => {
    const endless = await create({ url: url().replace('/hook', '/slow') });
    const quick = await create();
    const orders = Array.from({ length: 24 }, (_, n) => n + 1);
    for (const id of orders) await complete(id);
    await until(() => came.length === orders.length);
    expect(slow).toHaveLength(4);
    expect((await deliveries(quick, '?itemsPerPage=100')).map((one) => one.status)).not.toContain('failed');
    // From now on it answers, one at a time.
    for (let answered = 0; answered < orders.length; answered += 1) {
      await until(() => slow.length > 0);
      slow.shift()?.writeHead(204).end();
    }
    const delivered = async () => (await deliveries(endless, '?itemsPerPage=100&status=delivered')).length;
    await until(async () => (await delivered()) === orders.length);
  });

  it('of an account whose endpoints are all slow take a share of the workers, and none of others fails', async () => {
    const path = url().replace('/hook', '/slow');
    for (let n = 0; n < 10; n += 1) await create({ url: path });
    for (const id of [1, 2, 3, 4]) await complete(id);
    await until(() => slow.length >= 8);
    const quiet = await create({}, tokens.rival);
    for (const id of [5, 6, 7, 8]) await complete(id, 2);
    const query = `select status, attempts from webhook_deliveries where webhook_id = $1`;
    const rows = () => service.db.query<Delivery>(query, [quiet.id]);
    await until(async () => (await rows()).filter((one) => one.status === 'delivered').length === 4);
    expect((await rows()).map((one) => one.attempts)).toEqual([1, 1, 1, 1]);
    const [{ sending } = { sending: 0 }] = await service.db.query<{ sending: number }>(
      'select count(*)::int as sending from webhook_deliveries where account_id = 1 and sending_until > now()',
    );
    expect(sending).toBeLessThanOrEqual(8);
    // Each that ends lets another one of the account begin, until all have arrived.
    const arrived = async () =>
      (await service.db.query(`select 1 from webhook_deliveries where account_id = 1 and status = 'delivered'`)).length;
    await until(async () => {
      slow.splice(0).forEach((response) => response.writeHead(204).end());
      return (await arrived()) === 40;
    });
  });

  it('that were not tried count neither as a try nor as a failure', async () => {
    const hook = await create();
    const insert = `insert into webhook_deliveries (account_id, webhook_id, event_id, type, body)
      values (1, $1, 'own', 'ping', '{}') returning id`;
    const [row] = await service.db.query<{ id: number }>(insert, [hook.id]);
    const id = row?.id ?? 0;
    expect((await service.bus.call(delivering.begin, { id }, internalCaller())).url).toBe(url());
    const outcome = { id, error: 'The host is not known at the moment.', tried: false };
    expect(await service.bus.call(delivering.finish, outcome, internalCaller())).toEqual({ done: false, tries: 0 });
    expect(await deliveries(hook)).toMatchObject([{ status: 'pending', attempts: 0 }]);
    expect((await ask('GET', `/${hook.id}`)).results).toMatchObject({ failing_since: null, last_error: null });
    await service.db.query(`update webhook_deliveries set created_at = now() - interval '8 days' where id = $1`, [id]);
    expect(await service.bus.call(delivering.finish, outcome, internalCaller())).toEqual({ done: true, tries: 0 });
  });

  it('are tested a few times, not for a day', async () => {
    status = 500;
    const hook = await create();
    await service.db.query(
      `insert into webhook_deliveries (account_id, webhook_id, event_id, type, body, attempts, due_at)
       values (1, $1, 'test', 'ping', '{}', 2, now() - interval '1 minute')`,
      [hook.id],
    );
    await service.app.get(StuckDeliveriesSweeper).run();
    expect(await first(hook, 'failed')).toMatchObject({ attempts: 3 });
  });

  const became = async (snapshot: Partial<UserSnapshot>) => {
    const usual = { userId: 11, accountId: 1, ownerId: 11, role: 'owner' as const, currency: 'USD', timeZone: 'UTC' };
    await service.say(userChanged, { snapshot: { ...usual, active: true, ...snapshot } }, snapshot.userId ?? 11);
    await service.settled();
  };

  it('stop while their account is locked, and go on afterwards', async () => {
    const hook = await create();
    const rows = () => service.db.query<{ status: string }>('select status, error from webhook_deliveries');
    await became({ active: false });
    await complete(1);
    await service.settled();
    // What was on its way already.
    const late = `insert into webhook_deliveries (account_id, webhook_id, event_id, type, body, due_at)
      values (1, $1, 'late', 'order.rated', '{}', now() - interval '1 minute')`;
    await service.db.query(late, [hook.id]);
    await service.app.get(StuckDeliveriesSweeper).run();
    await until(async () => (await rows())[0]?.status === 'failed');
    expect([await rows(), came]).toEqual([[{ status: 'failed', error: 'The account is locked.' }], []]);
    expect(await service.db.query('select failing_since from webhooks')).toEqual([{ failing_since: null }]);
    await became({ active: true });
    await complete(2).then(() => first(hook, 'delivered'));
    expect(came).toHaveLength(1);
  });

  it('end with their endpoint', async () => {
    const hook = await create();
    expect((await ask('DELETE', `/${hook.id}`)).status).toBe(200);
    await complete(1).then(() => service.settled());
    expect(await service.db.query('select 1 from webhook_deliveries')).toEqual([]);
    expect((await ask('GET', `/${hook.id}`)).status).toBe(404);
  });
});
