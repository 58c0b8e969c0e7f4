import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { orderExports, writeExport, writeLargeExport } from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { BrokerFiles, type FileStore } from '@open-cpo/files';
import { Broker } from '@open-cpo/messaging';
import { environment, Health, PlatformModule } from '@open-cpo/platform';
import {
  startTestClient,
  startTestService,
  type TestBroker,
  testBroker,
  testConfig,
  type TestService,
  until,
} from '@open-cpo/testing';
import { Workbook } from 'exceljs';
import { AppModule } from '../app.module';
import { WorkerConfig } from '../config';
import { FakeOwner, FakeOwnerModule } from './fixture/fake-owner';

// As declared, but without the long waits between tries.
const quickly = { ...writeExport, attempts: 4, backoff: 10 };

describe('a worker that is asked for an export', () => {
  let broker: TestBroker;
  let service: TestService;
  let owner: FakeOwner;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let files: FileStore;
  let workers: INestApplicationContext[];
  let prefix: string;

  beforeAll(async () => {
    broker = await testBroker();
    service = await startTestService({ broker, module: FakeOwnerModule, serves: [orderExports], name: 'orders' });
    owner = service.app.get(FakeOwner);
    client = await startTestClient(broker);
    files = new BrokerFiles(client.app.get(Broker));
  });
  afterAll(async () => {
    await client.stop();
    await service.stop();
    await broker.stop();
  });
  beforeEach(() => {
    owner.reset();
    workers = [];
    prefix = `test-${randomUUID()}`;
  });
  afterEach(() => Promise.all(workers.map((worker) => worker.close())));

  async function startWorker(): Promise<INestApplicationContext> {
    const config = testConfig(WorkerConfig, broker, {
      REDIS_URL: environment().TEST_REDIS_URL,
      REDIS_PREFIX: prefix,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'Open CPO <no-reply@open-cpo.test>',
    });
    const imports = [PlatformModule.forRoot(config, 'worker'), AppModule.forRoot(config)];
    const app = await NestFactory.createApplicationContext({ module: class Root {}, imports }, { logger: false });
    await until(async () => (await app.get(Health).ready()).ok, 'the worker to be ready');
    workers.push(app);
    return app;
  }

  async function ask(job = quickly): Promise<string> {
    const worker = workers[0] ?? (await startWorker());
    const exportId = `orders-${randomUUID()}`;
    await worker.get(JobQueues).add(job, exportId, { exportId });
    return exportId;
  }
  const done = () => until(() => owner.written[0], 'the export to be written');

  async function bytes(): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const part of (await files.open((await done()).object)).read()) parts.push(part);
    return Buffer.concat(parts);
  }
  async function rowsInFile(): Promise<unknown[]> {
    const book = new Workbook();
    await book.xlsx.load((await bytes()) as unknown as ArrayBuffer);
    return (book.worksheets[0]?.getColumn(1).values as unknown[]).slice(2);
  }
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

  it('writes every row into a file that others can read, and tells so', async () => {
    const id = await ask();
    const { exportId, rows, size, digest, object } = await done();
    expect([exportId, rows]).toEqual([id, 3]);
    expect(await files.open(object)).toMatchObject({ size: Number(size), digest });
    expect(await rowsInFile()).toEqual([1, 2, 3]);
  });

  it('writes large ones likewise, from a queue of their own', async () => {
    owner.count = 30_000;
    await ask({ ...writeLargeExport, attempts: 1 });
    expect((await done()).rows).toBe(30_000);
    expect(await rowsInFile()).toEqual(upTo(30_000));
  });

  it('writes lines of text where those are asked for', async () => {
    owner.plan = { ...owner.plan, format: 'csv' };
    await ask();
    expect((await bytes()).toString().split('\r\n')).toHaveLength(5);
  });

  it('begins anew when the rows break off, and the file is whole', async () => {
    owner.count = 20_000;
    owner.breaksAt = 15_000;
    await ask();
    expect(await rowsInFile()).toEqual(upTo(20_000));
    expect(owner.runs).toHaveLength(2);
  });

  it('does nothing for an export that nobody wants any more', async () => {
    owner.wanted = false;
    await ask();
    await until(() => owner.begins === 1, 'the worker to ask');
    owner.wanted = true;
    await ask();
    await done();
    expect([owner.runs.length, owner.begins, owner.failures]).toEqual([1, 2, []]);
  });

  it('stops in the middle when it is cancelled', async () => {
    owner.count = 1_000_000;
    owner.slowness = 20;
    await ask();
    await until(() => owner.beats.length > 0, 'a sign of life');
    owner.wanted = false;
    await until(async () => {
      const before = owner.given;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return owner.given === before;
    }, 'the rows to stop');
    expect(owner.given).toBeLessThan(1_000_000);
    expect([owner.written, owner.failures]).toEqual([[], []]);
  });

  it('tells of its progress', async () => {
    owner.count = 60_000;
    owner.slowness = 40;
    await ask();
    await done();
    const told = owner.beats.map(({ rows }) => rows);
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('tells of its failure after the last try, and leaves no file', async () => {
    owner.deaf = 4;
    await ask();
    const { reason } = await until(() => owner.failures[0], 'the failure');
    expect(reason).toMatch(/unavailable/i);
    expect([owner.written, owner.runs.length]).toEqual([[], 4]);
  });

  it('tells of its failure when the store is full, and writes the next one when there is room', async () => {
    await ask();
    await done();
    const manager = await jetstreamManager(client.app.get(Broker).connection());
    const { config, state } = await manager.streams.info('OBJ_exports');
    await manager.streams.update('OBJ_exports', { ...config, max_bytes: state.bytes + 1000 });
    owner.reset();
    await ask({ ...quickly, attempts: 2 });
    const { reason } = await until(() => owner.failures[0], 'the failure');
    expect(reason).toMatch(/maximum bytes/);
    expect([owner.written, owner.runs.length]).toEqual([[], 2]);
    await manager.streams.update('OBJ_exports', { ...config, max_bytes: -1 });
    owner.reset();
    await ask();
    expect(await rowsInFile()).toEqual([1, 2, 3]);
  });

  it('writes it again when the owner could not be told', async () => {
    owner.deaf = 1;
    await ask();
    expect((await done()).run).toBe(owner.runs[1]?.run);
  });

  it('leaves it to another worker when it ends', async () => {
    owner.count = 60_000;
    owner.holdsAt = 20_000;
    const first = await startWorker();
    await ask();
    await until(() => owner.given > 1000, 'the first rows');
    await startWorker();
    await first.close();
    workers.splice(0, 1);
    owner.holdsAt = Infinity;
    expect((await done()).rows).toBe(60_000);
    expect(owner.runs).toHaveLength(2);
  });

  it('writes small ones while a large one is under way', async () => {
    owner.count = 400_000;
    owner.slowness = 40;
    await ask({ ...writeLargeExport, attempts: 1 });
    await until(() => owner.given > 1000, 'the first rows');
    owner.count = 3;
    const small = await ask();
    // Both are of the same owner here: what counts is that the second one was begun at all.
    await until(() => owner.runs.some(({ exportId }) => exportId === small), 'the small one to begin');
  });
});
