import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { payoutsPayouts } from '@open-cpo/contracts';
import { environment, PlatformModule } from '@open-cpo/platform';
import { testConfig, until } from '@open-cpo/testing';
import { Redis } from 'ioredis';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import { AppModule } from '../../../worker/src/app.module';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import { WorkerConfig } from '../../../worker/src/config';
import { StuckPayoutsSweeper } from '../payouts/stuck-payouts.sweeper';
import { Orders } from './orders';
import { owner, type Payouts, startPayouts } from './payouts';

describe('a payout with the real worker', () => {
  const prefix = `test-${randomUUID()}`;
  let payouts: Payouts;
  let orders: Orders;
  let worker: INestApplicationContext | undefined;

  beforeAll(async () => {
    payouts = await startPayouts('seen_paid', { REDIS_URL: environment().TEST_REDIS_URL, REDIS_PREFIX: prefix });
    orders = new Orders(payouts);
    await payouts.addMethod();
  });
  afterAll(async () => {
    await worker?.close();
    await payouts?.stop();
  });

  const startWorker = async (): Promise<void> => {
    const config = testConfig(WorkerConfig, payouts.broker, {
      REDIS_URL: environment().TEST_REDIS_URL,
      REDIS_PREFIX: prefix,
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'no-reply@open-cpo.test',
    });
    const imports = [PlatformModule.forRoot(config, 'worker'), AppModule.forRoot(config)];
    worker = await NestFactory.createApplicationContext({ module: class Root {}, imports }, { logger: false });
  };
  const ask = async (n: number): Promise<void> => {
    await orders.completed({ order_id: n });
    await until(async () => {
      const rows = await payouts.db.query('select 1 from ledger_transactions where reference = $1', [`order ${n}`]);
      return rows.length === 1;
    }, 'the earning');
    await payouts.request();
  };
  const statuses = async () =>
    (await payouts.bus.call(payoutsPayouts.table, {}, owner())).data.map(({ status }) => status);

  it('is seen paid', async () => {
    await startWorker();
    await ask(1);
    await until(async () => (await statuses())[0] === 'paied', 'the payout to be paid');
  });

  it('is paid although the queue lost it', async () => {
    await worker?.close();
    await ask(2);
    const redis = new Redis(environment().TEST_REDIS_URL ?? '');
    const keys = () => redis.keys(`${prefix}*payouts*`);
    await until(async () => (await keys()).some((key) => key.endsWith('payouts-2')), 'the job');
    await redis.del(...(await keys()));
    await redis.quit();
    await startWorker();
    expect(await statuses()).toEqual(['pending', 'paied']);
    expect(await payouts.app.get(StuckPayoutsSweeper).run('0 seconds')).toBe(1);
    await until(async () => (await statuses())[0] === 'paied', 'the payout to be paid');
  });
});
