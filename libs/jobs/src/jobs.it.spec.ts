import { Metrics } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { GiveUp, TryLater, type Attempt } from '.';
import { type JobsApp, ownPrefix, startJobs } from './fixture/jobs-app';
import { type Paint, paint } from './fixture/paint';

describe('a job', () => {
  let jobs: JobsApp;
  let seen: { payload: Paint; attempt: Attempt }[];

  const run = (handler: (payload: Paint, attempt: Attempt) => Promise<void> = () => Promise.resolve()): void =>
    jobs.runner.run(paint, async (payload, attempt) => {
      seen.push({ payload, attempt });
      await handler(payload, attempt);
    });
  const numbers = (): number[] => seen.map(({ attempt }) => attempt.number);

  beforeEach(async () => {
    seen = [];
    jobs = await startJobs();
  });
  afterEach(() => jobs.app.close());

  it('reaches its handler with what was added, whether that ran before or comes later', async () => {
    await jobs.queues.add(paint, 1, { wall: 7, colour: 'red' });
    run();
    await jobs.queues.add(paint, 'an:id:with:colons', { wall: 8 });
    await until(() => seen.length === 2);
    expect(seen.map(({ payload }) => ({ ...payload }))).toEqual([{ wall: 7, colour: 'red' }, { wall: 8 }]);
  });

  it('with a spread starts after a random time within it', async () => {
    const hour = 3_600_000;
    const spread = { ...paint, spread: hour };
    await Promise.all([1, 2, 3, 4, 5].map((id) => jobs.queues.add(spread, id, { wall: id })));
    const delays = (await (await jobs.queues.open(paint)).getDelayed()).map(({ delay }) => delay);
    expect(delays).toHaveLength(5);
    expect(new Set(delays).size).toBeGreaterThan(1);
    for (const delay of delays) expect(delay).toBeLessThan(hour);
  });

  it('is done once, however often it is added under the same id', async () => {
    await Promise.all([1, 2, 3].map(() => jobs.queues.add(paint, 5, { wall: 1 })));
    run();
    await until(() => seen.length > 0);
    await jobs.queues.add(paint, 5, { wall: 1 });
    await jobs.queues.add(paint, 6, { wall: 2 });
    await until(() => seen.some(({ payload }) => payload.wall === 2));
    expect(seen.map(({ payload }) => payload.wall)).toEqual([1, 2]);
  });

  it('is tried again after an error, and knows when it is the last time', async () => {
    await jobs.queues.add(paint, 1, { wall: 1 });
    run(() => Promise.reject(new Error('the brush broke')));
    const dead = await until(async () => (await jobs.queues.dead(paint))[0]);
    expect(seen.map(({ attempt }) => [attempt.number, attempt.last])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(dead).toMatchObject({ id: '1', reason: 'the brush broke' });
    expect(jobs.lines.filter((line) => line.includes('tried again'))).toHaveLength(2);
    expect(jobs.lines.filter((line) => line.includes('failed for good'))).toHaveLength(1);
  });

  it('succeeds after an error that passes', async () => {
    await jobs.queues.add(paint, 1, { wall: 1 });
    run((_payload, { number }) => (number < 2 ? Promise.reject(new Error('wet')) : Promise.resolve()));
    await until(() => seen.length === 2);
    expect(await jobs.queues.dead(paint)).toEqual([]);
  });

  it('remembers over its tries what must not be done twice', async () => {
    const strokes: number[] = [];
    await jobs.queues.add(paint, 1, { wall: 1 });
    run(async ({ wall }, attempt) => {
      if (!attempt.did('stroke')) {
        strokes.push(wall);
        await attempt.mark('stroke');
      }
      if (!attempt.last) throw new Error('wet');
    });
    await until(() => seen.length === 3);
    expect(strokes).toEqual([1]);
  });

  it('comes again when its handler wants it to, which is no try', async () => {
    await jobs.queues.add(paint, 1, { wall: 1 });
    const at: number[] = [];
    run(() => {
      at.push(Date.now());
      return at.length < 5 ? Promise.reject(new TryLater(100, 'wet')) : Promise.resolve();
    });
    await until(() => seen.length === 5);
    expect(numbers()).toEqual([1, 1, 1, 1, 1]);
    at.slice(1).forEach((time, index) => expect(time - (at[index] as number)).toBeGreaterThanOrEqual(99));
    expect(await jobs.queues.dead(paint)).toEqual([]);
    expect(jobs.lines.filter((line) => line.includes('failed'))).toEqual([]);
    const metrics = await jobs.app.get(Metrics).text();
    expect(metrics).toMatch(/^open_cpo_job_tries_total\{queue="[^"]+",outcome="tried_again"\} 4$/m);
  });

  it('is not tried again after the handler gave up', async () => {
    await jobs.queues.add(paint, 1, { wall: 1 });
    run(() => Promise.reject(new GiveUp('there is no wall')));
    await until(async () => (await jobs.queues.dead(paint)).length === 1);
    expect(numbers()).toEqual([1]);
  });

  it('that failed for good is tried anew when revived, or when it is added again', async () => {
    let broken = true;
    await jobs.queues.add(paint, 1, { wall: 1 });
    run(() => (broken ? Promise.reject(new GiveUp('no paint')) : Promise.resolve()));
    await until(async () => (await jobs.queues.dead(paint)).length === 1);
    expect(await jobs.queues.revive(paint, 1)).toBe(true);
    await until(async () => seen.length === 2 && (await jobs.queues.dead(paint)).length === 1);
    broken = false;
    await jobs.queues.add(paint, 1, { wall: 1 });
    await until(() => seen.length === 3);
    await until(async () => (await jobs.queues.dead(paint)).length === 0);
    expect(await jobs.queues.revive(paint, 1)).toBe(false);
    expect(await jobs.queues.revive(paint, 'unknown')).toBe(false);
  });

  it('whose payload is not as declared never reaches the handler', async () => {
    await jobs.queues.add(paint, 1, { wall: 'left' } as unknown as Paint);
    run();
    const dead = await until(async () => (await jobs.queues.dead(paint))[0]);
    expect(dead?.reason).toContain('The wall field must be an integer.');
    expect(seen).toEqual([]);
  });
});

describe('a process that ends', () => {
  it('finishes the job at work and leaves the others to the next one', async () => {
    const prefix = ownPrefix();
    const [first, second] = [await startJobs({ prefix }), await startJobs({ prefix })];
    const done: string[] = [];
    let begun = false;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    first.runner.run(
      paint,
      async ({ wall }) => {
        begun = true;
        await held;
        done.push(`first ${wall}`);
      },
      { concurrency: 1 },
    );
    await first.queues.add(paint, 1, { wall: 1 });
    await until(() => begun);
    await first.queues.add(paint, 2, { wall: 2 });
    const closed = first.app.close();
    second.runner.run(paint, ({ wall }) => Promise.resolve(void done.push(`second ${wall}`)));
    await until(() => done.includes('second 2'));
    release();
    await closed;
    expect(done).toEqual(['second 2', 'first 1']);
    await second.app.close();
  });
});
