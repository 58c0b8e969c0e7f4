import { TokenBucket } from './token-bucket';

describe('a token bucket', () => {
  it('gives so many at once, and then so many a second', () => {
    const bucket = new TokenBucket(2, 3, 0);
    expect([0, 0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0, 500, 1000]);
    // Those who wait have taken theirs.
    expect(bucket.take(1000)).toBe(500);
  });

  it('gives several at once', () => {
    const bucket = new TokenBucket(2, 3, 0);
    expect([bucket.take(0, 2), bucket.take(0, 2)]).toEqual([0, 500]);
  });

  it('gives nothing to those who do not wait', () => {
    const bucket = new TokenBucket(2, 1, 0);
    expect([0, 0, 0, 400, 500].map((now) => bucket.tryTake(now))).toEqual([true, false, false, false, true]);
  });

  it('fills up with time, to its size and no further', () => {
    const bucket = new TokenBucket(2, 3, 0);
    for (let n = 0; n < 3; n += 1) bucket.take(0);
    expect(bucket.take(500)).toBe(0);
    expect(bucket.take(500)).toBe(500);
    expect([0, 0, 0, 0].map(() => bucket.take(60_000))).toEqual([0, 0, 0, 500]);
  });
});
