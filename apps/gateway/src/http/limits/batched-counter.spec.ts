import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { readConfig } from '@open-cpo/platform';
import { BatchedRateLimitCounter, policyOf } from './batched-counter';
import { GatewayConfig } from '../../config';

const policy = { name: 'caller', requests: 5, seconds: 60 };

describe('counting ahead of the store', () => {
  let consumed: [string, number][];
  let store: RateLimiterMemory;
  const recording = (): RateLimiterAbstract =>
    ({
      consume: (key: string, points: number) => {
        consumed.push([key, points]);
        return store.consume(key, points);
      },
    }) as unknown as RateLimiterAbstract;

  beforeEach(() => {
    jest.useFakeTimers();
    consumed = [];
    store = new RateLimiterMemory({ points: 5, duration: 60 });
  });
  afterEach(() => jest.useRealTimers());
  const report = (): Promise<void> => jest.advanceTimersByTimeAsync(300);

  it('lets through exactly what is allowed, and tells what is left', () => {
    const ahead = new BatchedRateLimitCounter(policy, recording());
    const left = Array.from({ length: 7 }, () => ahead.spend('a').left);
    expect(left).toEqual([4, 3, 2, 1, 0, -1, -1]);
    expect(ahead.spend('b').left).toBe(4);
  });

  it('tells the store once for many requests, and nothing of those it refused', async () => {
    const ahead = new BatchedRateLimitCounter(policy, recording());
    for (let n = 0; n < 9; n += 1) ahead.spend('a');
    ahead.spend('b');
    expect(consumed).toEqual([]);
    await report();
    expect(consumed).toEqual([
      ['a', 5],
      ['b', 1],
    ]);
  });

  it('learns from the store what others counted', async () => {
    const [one, two] = [
      new BatchedRateLimitCounter(policy, recording()),
      new BatchedRateLimitCounter(policy, recording()),
    ];
    for (let n = 0; n < 3; n += 1) one.spend('a');
    await report();
    expect(two.spend('a').left).toBe(4);
    await report();
    expect(two.spend('a').left).toBe(0);
    expect(two.spend('a').left).toBe(-1);
  });

  it('begins anew when the time is over', async () => {
    const ahead = new BatchedRateLimitCounter(policy, recording());
    for (let n = 0; n < 6; n += 1) ahead.spend('a');
    await report();
    expect(ahead.spend('a')).toMatchObject({ left: -1 });
    expect(ahead.spend('a').resetIn).toBeLessThanOrEqual(60_000);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(ahead.spend('a').left).toBe(4);
  });

  it('counts by itself while the store is away', async () => {
    const away = { consume: () => Promise.reject(new Error('away')) } as unknown as RateLimiterAbstract;
    const ahead = new BatchedRateLimitCounter(policy, away);
    for (let n = 0; n < 3; n += 1) ahead.spend('a');
    await report();
    expect([ahead.spend('a').left, ahead.spend('a').left, ahead.spend('a').left]).toEqual([1, 0, -1]);
  });
});

const NEEDED = { NATS_URL: 'nats://127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' };

describe('a limit as it is set', () => {
  it('is so many requests in so many seconds', () => {
    expect(policyOf('login', '600/60')).toEqual({ name: 'login', requests: 600, seconds: 60 });
  });

  it('may be off', () => {
    expect(policyOf('login', 'off')).toBeUndefined();
  });

  it.each(['600', '600/', '0/60', '600/0', '-1/60', '6e2/60', ' 600/60', '600/60;drop', 'on', '999999999/60'])(
    'is refused at start when it is "%s"',
    (setting) => {
      const env = { ...NEEDED, RATE_LIMIT_LOGIN: setting };
      expect(() => readConfig(GatewayConfig, env)).toThrow(/rateLimitLogin|RATE_LIMIT_LOGIN/);
    },
  );

  it('is generous where nobody set it, and off for whatever is not guessed at', () => {
    expect(readConfig(GatewayConfig, NEEDED)).toMatchObject({
      rateLimitCaller: 'off',
      rateLimitAddress: 'off',
      rateLimitLogin: '600/60',
      rateLimitReset: '600/60',
    });
  });
});
