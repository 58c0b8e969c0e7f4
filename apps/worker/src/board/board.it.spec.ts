import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { orderExports, writeExport } from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { environment, Health, PlatformModule } from '@open-cpo/platform';
import { startTestService, type TestBroker, testBroker, testConfig, type TestService, until } from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { WorkerConfig } from '../config';
import { FakeOwner, FakeOwnerModule } from '../exports/fixture/fake-owner';
import { BoardServer } from './board-server';

const PASSWORD = 'a password of operators';
const login = (password = PASSWORD): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`operator:${password}`).toString('base64')}`,
});

interface Listed {
  queues: { name: string; counts: Record<string, number>; jobs: { id: string; failedReason: string }[] }[];
}

describe('the board of the queues', () => {
  let broker: TestBroker;
  let service: TestService;
  let owner: FakeOwner;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    broker = await testBroker();
    service = await startTestService({ broker, module: FakeOwnerModule, serves: [orderExports], name: 'orders' });
    owner = service.app.get(FakeOwner);
  });
  afterAll(async () => {
    await service.stop();
    await broker.stop();
  });
  beforeEach(async () => {
    owner.reset();
    worker = await startWorker({ BOARD_PASSWORD: PASSWORD });
  });
  afterEach(() => worker.close());

  async function startWorker(settings: Record<string, string>): Promise<INestApplicationContext> {
    const config = testConfig(WorkerConfig, broker, {
      HOST: '127.0.0.1',
      REDIS_URL: environment().TEST_REDIS_URL,
      REDIS_PREFIX: `test-${randomUUID()}`,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'Open CPO <no-reply@open-cpo.test>',
      BOARD_PORT: '0',
      ...settings,
    });
    const imports = [PlatformModule.forRoot(config, 'worker'), AppModule.forRoot(config)];
    const app = await NestFactory.createApplicationContext({ module: class Root {}, imports }, { logger: false });
    await app.init();
    await until(async () => (await app.get(Health).ready()).ok, 'the worker to be ready');
    return app;
  }

  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${worker.get(BoardServer, { strict: false }).port}${path}`, { headers: login(), ...init });
  const listed = async (): Promise<Listed['queues']> => {
    const response = await ask('/api/queues?activeQueue=exports&status=failed&page=1&jobsPerPage=10');
    expect(response.status).toBe(200);
    return ((await response.json()) as Listed).queues;
  };
  const failures = async (): Promise<Listed['queues'][number]['jobs']> =>
    (await listed()).find(({ name }) => name === 'exports')?.jobs ?? [];

  async function fail(): Promise<string> {
    owner.deaf = 1;
    const exportId = `orders-${randomUUID()}`;
    await worker.get(JobQueues).add({ ...writeExport, attempts: 1 }, exportId, { exportId });
    return until(async () => (await failures())[0]?.id, 'the job to fail');
  }

  it.each([
    ['nobody', {}],
    ['another password', login('another password!')],
    ['an empty password', login('')],
  ])('is refused to %s', async (_who, headers) => {
    for (const path of ['/', '/api/queues', '/static/favicon.ico', '/nowhere']) {
      const response = await ask(path, { headers });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringMatching(/^Basic /),
      ]);
    }
    expect((await ask('/api/queues/exports/pause', { method: 'PUT', headers })).status).toBe(401);
  });

  it('shows its page and what belongs to it, all from here', async () => {
    const response = await ask('/');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    const page = await response.text();
    expect(page).toContain('<title>Open CPO</title>');
    expect(page).not.toContain('<%');
    const files = [...page.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => file);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect([file, (await ask(`/${file}`)).status]).toEqual([file, 200]);
    expect(await (await ask('/queue/exports?status=failed')).text()).toBe(page);
  });

  it('lists every queue that the worker serves', async () => {
    const names = (await listed()).map(({ name }) => name);
    expect(names.sort()).toEqual(['emails', 'exports', 'exports-large', 'imports', 'payouts', 'webhooks']);
  });

  it('tells why a job failed, and tries it again', async () => {
    const id = await fail();
    expect((await failures())[0]?.failedReason).toMatch(/unavailable/i);
    expect((await ask(`/api/queues/exports/${id}/retry`, { method: 'PUT' })).status).toBe(204);
    await until(() => owner.written[0], 'the export to be written');
    expect(await until(async () => (await failures()).length === 0, 'the queue to be clean')).toBe(true);
  });

  it('tries all that failed again', async () => {
    await fail();
    expect((await ask('/api/queues/exports/retry/failed', { method: 'PUT' })).ok).toBe(true);
    await until(() => owner.written[0], 'the export to be written');
  });

  it.each([
    ['PUT', '/api/queues/exports/obliterate'],
    ['PUT', '/api/queues/exports/empty'],
    ['POST', '/api/queues/exports/add'],
    ['PATCH', '/api/queues/exports/1/update-data'],
    ['DELETE', '/'],
  ])('does not %s %s', async (method, path) => {
    expect((await ask(path, { method })).status).toBe(405);
  });

  it('changes nothing that another site makes a browser ask for', async () => {
    const headers = { ...login(), 'sec-fetch-site': 'cross-site' };
    expect((await ask('/api/queues/exports/pause', { method: 'PUT', headers })).status).toBe(403);
  });

  it('knows no other pages', async () => {
    expect((await ask('/static/../../package.json')).status).toBe(404);
    expect((await ask('/static/%2e%2e%2fpackage.json')).status).toBe(404);
    expect((await ask('/nowhere')).status).toBe(404);
  });

  it('is not there without a password for operators', async () => {
    const other = await startWorker({});
    expect(other.get(BoardServer, { strict: false }).port).toBeUndefined();
    await other.close();
  });
});
