import { sessions } from '@open-cpo/contracts';
import type { Bus } from '@open-cpo/messaging';
import type { Log } from '@open-cpo/platform';
import { SessionUse } from './session-use';

describe('the use of sessions', () => {
  const told: string[][] = [];
  let away = false;
  const bus = {
    call: (operation: object, { ids }: { ids: string[] }) => {
      if (away) return Promise.reject(new Error('away'));
      expect(operation).toBe(sessions.used);
      return Promise.resolve(void told.push(ids));
    },
  } as unknown as Bus;
  const use = new SessionUse(bus, { debug: () => undefined } as unknown as Log);

  beforeEach(() => told.splice(0));

  it('is told once for many requests, some hundred at a time, and then no more', async () => {
    for (let n = 0; n < 1200; n += 1) use.note(`token-${n % 600}`);
    use.note(undefined);
    await use.report();
    expect(told.map(({ length }) => length)).toEqual([500, 100]);
    await use.report();
    expect(told).toHaveLength(2);
  });

  it('is dropped while auth is away', async () => {
    use.note('token');
    away = true;
    await use.report();
    away = false;
    await use.report();
    expect(told).toEqual([]);
  });
});
