import { randomUUID } from 'node:crypto';
import { Controller, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { executePayout, type PayoutProgress, type PayoutRef, payoutsPayouts, Refusal } from '@open-cpo/contracts';
import { JobQueues, JobsModule } from '@open-cpo/jobs';
import { Handles, MessagingModule } from '@open-cpo/messaging';
import { environment, PlatformModule, ProcessConfig } from '@open-cpo/platform';
import { startTestApp, stopTestApp, testBroker, type TestBroker, testConfig, until } from '@open-cpo/testing';
import type { INestMicroservice } from '@nestjs/common';
import { PayoutsModule } from './payouts.module';

// As declared, but without the long waits between tries.
const quickly = { ...executePayout, attempts: 4, backoff: 10 };

/** What payouts answers, without payouts. */
@Controller()
class FakePayouts {
  readonly asked: number[] = [];
  /** How many further questions are not answered. */
  silent = 0;

  @Handles(payoutsPayouts.execute)
  async execute({ id }: PayoutRef): Promise<PayoutProgress> {
    this.asked.push(id);
    if (id === 404) throw new Refusal('not_found');
    if (this.silent-- > 0) throw new Refusal('service_unavailable');
    return Promise.resolve({ status: 'paied' });
  }
}

@Module({ controllers: [FakePayouts] })
class FakePayoutsModule {}

describe('the job of a payout', () => {
  let broker: TestBroker;
  let service: INestMicroservice;
  let payouts: FakePayouts;
  let worker: INestApplicationContext;
  let queues: JobQueues;

  beforeAll(async () => {
    broker = await testBroker();
    const serves = [{ execute: payoutsPayouts.execute }];
    service = await startTestApp({ broker, module: FakePayoutsModule, serves, name: 'payouts' });
    payouts = service.get(FakePayouts);
    const redisUrl = environment().TEST_REDIS_URL ?? '';
    const config = testConfig(ProcessConfig, broker, { REDIS_URL: redisUrl });
    const jobs = JobsModule.forRoot({ redisUrl, prefix: `test-${randomUUID()}` });
    const imports = [
      PlatformModule.forRoot(config, 'worker'),
      MessagingModule.forRoot({ service: 'worker' }),
      jobs,
      PayoutsModule,
    ];
    worker = await NestFactory.createApplicationContext({ module: class Root {}, imports }, { logger: false });
    queues = worker.get(JobQueues);
  });
  afterAll(async () => {
    await worker?.close();
    if (service) await stopTestApp(service);
    await broker?.stop();
  });
  beforeEach(() => {
    payouts.asked.length = 0;
    payouts.silent = 0;
  });

  const times = (id: number) => payouts.asked.filter((one) => one === id).length;

  it('has payouts asked once', async () => {
    await queues.add(quickly, 1, { id: 1 });
    await queues.add(quickly, 1, { id: 1 });
    await queues.add(quickly, 2, { id: 2 });
    await until(() => times(2) === 1, 'the second payout');
    expect(times(1)).toBe(1);
  });

  it('has them asked again while nobody knows what became of it', async () => {
    payouts.silent = 2;
    await queues.add(quickly, 3, { id: 3 });
    await until(() => times(3) === 3, 'three tries');
    expect(await queues.dead(quickly)).toEqual([]);
  });

  it('gives up for a payout that there is none of, and after all tries', async () => {
    payouts.silent = 99;
    await queues.add(quickly, 4, { id: 4 });
    await queues.add(quickly, 404, { id: 404 });
    await until(async () => (await queues.dead(quickly)).length === 2, 'two dead jobs');
    expect([times(4), times(404)]).toEqual([4, 1]);
  });
});
