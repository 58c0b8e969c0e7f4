import { TryLater } from './try-later';

describe('the time after which a job comes again', () => {
  it.each([
    ['is what was asked for', 5000, 5000],
    ['is a minute when a sum had a missing part', NaN, 60_000],
    ['is a minute when it was missing', undefined as unknown as number, 60_000],
    ['is a minute when it has no end', Infinity, 60_000],
    ['is not in the past', -1, 0],
  ])('%s', (_what, asked, after) => {
    expect(new TryLater(asked).after).toBe(after);
  });
});
