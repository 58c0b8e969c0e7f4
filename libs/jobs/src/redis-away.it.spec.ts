import { OwnRedis, until } from '@open-cpo/testing';
import { QueueUnavailable } from '.';
import { type JobsApp, startJobs } from './fixture/jobs-app';
import { paint } from './fixture/paint';

describe('while Redis is away', () => {
  let redis: OwnRedis;
  let jobs: JobsApp;
  const redisCheck = async (): Promise<string | undefined> => (await jobs.health.ready()).checks.redis;

  afterEach(async () => {
    await jobs.app.close();
    await redis.remove();
  });

  it('a process starts, refuses jobs at once, and takes them when Redis comes', async () => {
    redis = await OwnRedis.prepare();
    jobs = await startJobs({ redisUrl: redis.url });
    await expect(jobs.queues.add(paint, 1, { wall: 1 })).rejects.toThrow(QueueUnavailable);
    expect((await jobs.health.ready()).ok).toBe(true);
    expect(await redisCheck()).toBe('down');
    await redis.start();
    await until(async () => (await redisCheck()) === 'up');
    await jobs.queues.add(paint, 1, { wall: 1 });
  });

  it('a process that works jobs off is not ready, and goes on by itself afterwards', async () => {
    redis = await OwnRedis.started();
    jobs = await startJobs({ redisUrl: redis.url });
    const walls: number[] = [];
    jobs.runner.run(paint, ({ wall }) => Promise.resolve(void walls.push(wall)));
    await until(async () => (await jobs.health.ready()).ok);
    await redis.kill();
    await until(async () => !(await jobs.health.ready()).ok);
    await redis.start();
    await until(async () => (await jobs.health.ready()).ok);
    await jobs.queues.add(paint, 1, { wall: 1 });
    await until(() => walls.length === 1);
  });

  it('jobs that were taken survive its crash', async () => {
    redis = await OwnRedis.started('--appendfsync', 'always');
    jobs = await startJobs({ redisUrl: redis.url });
    for (let wall = 0; wall < 20; wall++) await jobs.queues.add(paint, wall, { wall });
    await redis.kill();
    await redis.start();
    const walls = new Set<number>();
    jobs.runner.run(paint, ({ wall }) => Promise.resolve(void walls.add(wall)));
    await until(() => walls.size === 20);
  });

  it('one that is frozen refuses too, instead of holding whoever adds', async () => {
    redis = await OwnRedis.started();
    jobs = await startJobs({ redisUrl: redis.url });
    await jobs.queues.add(paint, 1, { wall: 1 });
    redis.signal('SIGSTOP');
    await expect(jobs.queues.add(paint, 2, { wall: 2 })).rejects.toThrow();
    redis.signal('SIGCONT');
    await until(async () => (await redisCheck()) === 'up');
    await jobs.queues.add(paint, 2, { wall: 2 });
  });
});

describe('a Redis that would lose jobs', () => {
  it.each([
    ['evicts', ['--maxmemory-policy', 'allkeys-lru'], 'maxmemory-policy is allkeys-lru'],
    ['does not append', ['--appendonly', 'no'], 'appendonly is no'],
  ])('because it %s is refused in production', async (_why, settings, told) => {
    const redis = await OwnRedis.started(...settings);
    await expect(startJobs({ redisUrl: redis.url, nodeEnv: 'production' })).rejects.toThrow(told);
    await redis.remove();
  });

  it('gets no jobs when it only comes after the start', async () => {
    const redis = await OwnRedis.prepare('--maxmemory-policy', 'allkeys-lru');
    const { app, queues, lines, health } = await startJobs({ redisUrl: redis.url, nodeEnv: 'production' });
    await redis.start();
    await until(() => lines.some((line) => line.includes('would lose jobs')));
    await expect(queues.add(paint, 1, { wall: 1 })).rejects.toThrow('The job queue is away');
    expect((await health.ready()).checks.redis).toBe('down');
    await app.close();
    await redis.remove();
  });

  it('is only warned of elsewhere', async () => {
    const redis = await OwnRedis.started('--appendonly', 'no');
    const { app, queues, lines } = await startJobs({ redisUrl: redis.url });
    expect(lines.join()).toContain('appendonly is no; set it to yes');
    await queues.add(paint, 1, { wall: 1 });
    await app.close();
    await redis.remove();
  });
});
