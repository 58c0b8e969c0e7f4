import { Health } from './health';

describe('the health of a process', () => {
  let health: Health;
  let changes: boolean[];
  beforeEach(() => {
    health = new Health();
    changes = [];
    health.on('change', (ready) => changes.push(ready));
  });
  afterEach(() => health.end());

  it('is not ready before anybody looked', () => {
    expect(health.isReady).toBe(false);
  });

  it('is ready when all checks are up', async () => {
    health.add('broker', () => true);
    health.add('database', () => Promise.resolve(true));
    expect(await health.ready()).toEqual({ ok: true, checks: { broker: 'up', database: 'up' } });
    expect(health.isReady).toBe(true);
  });

  it.each([
    ['says no', () => false],
    [
      'throws',
      () => {
        throw new Error('x');
      },
    ],
    ['rejects', () => Promise.reject(new Error('x'))],
    ['never answers', () => new Promise<boolean>(() => undefined)],
  ])('is not ready when a check %s', async (_how, check) => {
    health.add('broker', () => true);
    health.add('database', check);
    expect(await health.ready()).toEqual({ ok: false, checks: { broker: 'up', database: 'down' } });
  });

  it('shows a check that is not critical without minding it', async () => {
    health.add('smtp', () => false, { critical: false });
    expect(await health.ready()).toEqual({ ok: true, checks: { smtp: 'down' } });
  });

  it('lets a later check of the same name take over', async () => {
    health.add('redis', () => false, { critical: false });
    health.add('redis', () => false);
    expect((await health.ready()).ok).toBe(false);
  });

  it('tells when readiness flips, and only then', async () => {
    let up = true;
    health.add('database', () => up);
    await health.ready();
    await health.ready();
    up = false;
    await health.ready();
    await health.ready();
    up = true;
    await health.ready();
    expect(changes).toEqual([true, false, true]);
  });

  it('notices by itself once it watches', async () => {
    let up = true;
    health.add('database', () => up);
    await health.watch();
    const flipped = new Promise((resolve) => health.once('change', resolve));
    up = false;
    expect(await flipped).toBe(false);
  });

  it('is not ready once the process ends, whatever the checks say, also those still under way', async () => {
    let answer = (_up: boolean): void => undefined;
    health.add('slow', () => new Promise<boolean>((resolve) => (answer = resolve)));
    const first = health.ready();
    answer(true);
    await first;
    const second = health.ready();
    health.end();
    answer(true);
    expect((await second).ok).toBe(false);
    expect(changes).toEqual([true, false]);
  });
});
