import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { BatchedRateLimitCounter } from './batched-counter';

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
