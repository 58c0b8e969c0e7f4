import { join } from 'node:path';
import { Child, until } from '@open-cpo/testing';
import { ownPrefix, startJobs, testRedisUrl } from './fixture/jobs-app';
import { paint } from './fixture/paint';

describe('the job of a worker that is killed', () => {
  it('is taken over by another one, without counting as a failed try', async () => {
    const prefix = ownPrefix();
    const env = { NATS_URL: 'nats://nowhere', REDIS_URL: testRedisUrl(), REDIS_PREFIX: prefix };
    const doomed = new Child(join(__dirname, 'fixture/worker-process.ts'), [], env);
    const { app, queues, runner, lines } = await startJobs({ prefix });
    await queues.add(paint, 1, { wall: 7 });
    await doomed.line('Painting');
    doomed.signal('SIGKILL');
    await doomed.end();
    const seen: [number, number][] = [];
    runner.run(paint, ({ wall }, { number }) => Promise.resolve(void seen.push([wall, number])));
    await until(() => seen.length === 1);
    expect(seen).toEqual([[7, 1]]);
    expect(lines.join()).toContain('taken over from a worker that was lost');
    await app.close();
  });
});
