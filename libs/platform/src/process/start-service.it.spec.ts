import { get } from 'node:http';
import { join } from 'node:path';
import { Child } from '@open-cpo/testing';

const ENV = { NATS_URL: 'nats://nowhere', REDIS_URL: 'redis://nowhere', HOST: '127.0.0.1', SHUTDOWN_SECONDS: '1' };

describe('a process', () => {
  let child: Child;
  const start = (manner = '', env: NodeJS.ProcessEnv = ENV): Child =>
    (child = new Child(join(__dirname, 'fixture/probe.ts'), [manner], env));
  const told = (): string[] => child.lines.map(({ msg }) => msg);

  afterEach(() => child.signal('SIGKILL'));

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s: not ready, drained, closed, exit 0', async (signal) => {
    start();
    expect(await child.line('Started')).toMatchObject({ service: 'probe', level: 'info', ready: true });
    child.signal(signal);
    expect(await child.end()).toBe(0);
    const order = ['Ending', 'Readiness', 'Draining', 'Drained', 'Closing', 'Ended'];
    expect(told().slice(-6)).toEqual(order);
    expect(child.lines.find(({ msg }) => msg === 'Draining')).toMatchObject({ ready: false });
  });

  it('without a transport works by itself and ends likewise', async () => {
    start('works alone');
    await child.line('Started');
    child.signal('SIGTERM');
    expect(await child.end()).toBe(0);
    expect(told()).toEqual(['Readiness', 'Started', 'Ending', 'Readiness', 'Closing', 'Ended']);
  });

  it('ends when the last of several services in it has ended', async () => {
    start('is not alone');
    await child.line('Started');
    while (child.lines.filter(({ msg }) => msg === 'Started').length < 2) await new Promise(setImmediate);
    child.signal('SIGTERM');
    expect(await child.end()).toBe(0);
    const ended = child.lines.filter(({ msg }) => msg === 'Ended').map(({ service }) => service);
    expect(ended.sort()).toEqual(['probe', 'second']);
  });

  it('is not disturbed by further signals', async () => {
    start();
    await child.line('Started');
    child.signal('SIGTERM');
    await child.line('Draining');
    child.signal('SIGTERM');
    child.signal('SIGINT');
    expect(await child.end()).toBe(0);
  });

  it('that does not come to its end is cut off with exit 1', async () => {
    start('hangs at its end');
    await child.line('Started');
    child.signal('SIGTERM');
    expect(await child.end()).toBe(1);
    expect(told().at(-1)).toBe('Not ended in time');
  });

  it('that hangs at its start can be told to end, too', async () => {
    start('hangs at its start');
    await child.line('Starting');
    child.signal('SIGTERM');
    expect(await child.end()).toBe(1);
  });

  it('that cannot close says so and exits 1', async () => {
    start('cannot close');
    await child.line('Started');
    child.signal('SIGTERM');
    expect(await child.end()).toBe(1);
    expect(child.lines.at(-1)).toMatchObject({ msg: 'Did not end cleanly', error: { message: 'cannot close' } });
  });

  it('that cannot start says why and exits 1', async () => {
    start('cannot start');
    expect(await child.end()).toBe(1);
    const why = { level: 'fatal', msg: 'Could not start', error: { message: 'the database is not migrated' } };
    expect(child.lines.at(-1)).toMatchObject(why);
  });

  it.each([
    ['rejects', 'Unhandled rejection'],
    ['throws', 'Uncaught exception'],
  ])('that %s without anybody catching it writes it down and exits 1', async (manner, msg) => {
    start(manner);
    expect(await child.end()).toBe(1);
    const { level, error } = await child.line(msg);
    expect(level).toBe('fatal');
    expect(error).toMatchObject({ type: 'Error', message: 'nobody caught me', stack: expect.stringContaining('at ') });
  });

  it('tells everything that is wrong with its configuration at once and exits 1', async () => {
    start('', { HEALTH_PORT: 'http', LOG_LEVEL: 'loud' });
    expect(await child.end()).toBe(1);
    const [title, ...problems] = child.stderr.trim().split('\n');
    expect(title).toBe('The configuration is not usable:');
    expect(problems.sort()).toEqual([
      expect.stringContaining('HEALTH_PORT must be an integer'),
      expect.stringContaining('LOG_LEVEL must be one of'),
      expect.stringContaining('NATS_URL must be a string'),
      expect.stringContaining('REDIS_URL must begin with redis://'),
    ]);
    expect(told()).toEqual([]);
  });

  it('answers whether it is alive and ready, on a port of its own', async () => {
    start();
    const { healthPort } = await child.line('Started');
    const status = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ port: Number(healthPort), path }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        );
      });
    expect([await status('/health/live'), await status('/health/ready'), await status('/')]).toEqual([200, 200, 404]);
    child.signal('SIGSTOP');
    child.signal('SIGCONT');
    expect(await status('/health/live')).toBe(200);
  });
});
