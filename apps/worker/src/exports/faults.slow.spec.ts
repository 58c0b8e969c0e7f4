import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { INestMicroservice } from '@nestjs/common';
import { JobQueues, JobsModule, QueueUnavailable } from '@open-cpo/jobs';
import { orderExports, writeExport } from '@open-cpo/contracts';
import { BrokerFiles } from '@open-cpo/files';
import { Broker } from '@open-cpo/messaging';
import {
  Child,
  OwnRedis,
  startTestApp,
  startTestClient,
  stopTestApp,
  type TestBroker,
  testBroker,
  until,
} from '@open-cpo/testing';
import { Workbook } from 'exceljs';
import { FakeOwner, FakeOwnerModule } from './fixture/fake-owner';

const quickly = { ...writeExport, attempts: 20, backoff: 100 };
const MAIN = join(__dirname, '../main.ts');
const ROWS = 30_000;

describe('an export in the middle of which something dies', () => {
  let broker: TestBroker;
  let redis: OwnRedis;
  let service: INestMicroservice;
  let owner: FakeOwner;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let workers: Child[];
  let env: NodeJS.ProcessEnv;

  const startOwner = async (): Promise<void> => {
    const jobs = JobsModule.forRoot({ redisUrl: redis.url, prefix: env.REDIS_PREFIX ?? '' });
    const module = { module: class Owner {}, imports: [FakeOwnerModule, jobs] };
    service = await startTestApp({ broker, module, serves: [orderExports], name: 'orders' });
    owner = service.get(FakeOwner, { strict: false });
  };
  const startWorker = async (): Promise<Child> => {
    const child = new Child(MAIN, [], env);
    workers.push(child);
    await child.line('Started');
    return child;
  };

  beforeEach(async () => {
    broker = await testBroker();
    redis = await OwnRedis.started('--appendfsync', 'always');
    workers = [];
    env = {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      NATS_URL: broker.url,
      REDIS_URL: redis.url,
      REDIS_PREFIX: `test-${randomUUID()}`,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'Open CPO <no-reply@open-cpo.test>',
    };
    FakeOwner.beginsWith = { count: ROWS, holdsAt: 3000 };
    await startOwner();
    client = await startTestClient(broker);
  });
  afterEach(async () => {
    for (const worker of workers) worker.signal('SIGKILL');
    await client.stop();
    await stopTestApp(service);
    await broker.stop();
    await redis.remove();
  });
  afterAll(() => {
    FakeOwner.beginsWith = {};
  });

  /** Asks for an export, which does not end before `release`: what happens in between happens in the middle of it. */
  async function begin(): Promise<void> {
    const exportId = `orders-${randomUUID()}`;
    await service.get(JobQueues, { strict: false }).add(quickly, exportId, { exportId });
    await until(() => owner.given > 2000, 'the first rows');
  }

  const release = (): void => {
    owner.holdsAt = Infinity;
  };

  /** The ids of the rows, as another library reads them; there is one file and no failure. */
  async function expectWhole(): Promise<void> {
    const { object } = await until(() => owner.written[0], 'the export to be written');
    const parts: Uint8Array[] = [];
    for await (const part of (await new BrokerFiles(client.app.get(Broker)).open(object)).read()) parts.push(part);
    const book = new Workbook();
    await book.xlsx.load(Buffer.concat(parts) as unknown as ArrayBuffer);
    const ids = (book.worksheets[0]?.getColumn(1).values as unknown[]).slice(2);
    expect(ids).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
    expect([owner.written.length, owner.failures]).toEqual([1, []]);
  }

  /** Jobs that are not done with, whichever way; unknown while Redis is not there again. */
  async function unfinished(): Promise<number | undefined> {
    try {
      const queue = await service.get(JobQueues, { strict: false }).open(quickly);
      return await queue.getJobCountByTypes('active', 'waiting', 'delayed', 'failed');
    } catch (error) {
      if (error instanceof QueueUnavailable) return undefined;
      throw error;
    }
  }

  it('is written anew by another worker when the one at it is killed', async () => {
    const doomed = await startWorker();
    await begin();
    await startWorker();
    doomed.signal('SIGKILL');
    await until(() => owner.runs.length > 1, 'the other worker to begin');
    release();
    await expectWhole();
  });

  it('is whole although a frozen worker comes back while another one writes it', async () => {
    const frozen = await startWorker();
    await begin();
    frozen.signal('SIGSTOP');
    await startWorker();
    await until(() => owner.runs.length > 1, 'the other worker to begin');
    frozen.signal('SIGCONT');
    release();
    await expectWhole();
  });

  it('is whole after the broker was killed and came back', async () => {
    await startWorker();
    await begin();
    await broker.restart();
    release();
    await expectWhole();
  });

  it('is whole after Redis was killed and came back while it was written', async () => {
    await startWorker();
    await begin();
    await redis.kill();
    await redis.start();
    release();
    await expectWhole();
  });

  it('is whole although Redis comes back only after it was written, and is not written twice', async () => {
    await startWorker();
    await begin();
    await redis.kill();
    release();
    await until(() => owner.written[0], 'the export to be written without Redis');
    await redis.start();
    await until(async () => (await unfinished()) === 0, 'the job to be done with');
    await expectWhole();
  });

  it('is whole although Redis has lost the job', async () => {
    await startWorker();
    await begin();
    await redis.lose();
    release();
    await expectWhole();
  });

  it('is whole after the owning service was started anew', async () => {
    await startWorker();
    await begin();
    await stopTestApp(service);
    FakeOwner.beginsWith = { count: ROWS };
    await startOwner();
    await expectWhole();
  });
});
