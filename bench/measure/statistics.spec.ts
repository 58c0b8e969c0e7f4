import { median, percentile, poissonPause } from './statistics';

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[10, 9], 9.5],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('of nothing is no number, and of values they stay as they were', () => {
    expect(median([])).toBeNaN();
    const values = [2, 1];
    median(values);
    expect(values).toEqual([2, 1]);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0.5, 50],
    [0.99, 99],
    [0.999, 100],
    [1, 100],
    [0, 1],
  ])('of %d is a value that was measured', (part, value) => {
    expect(percentile(hundred, part)).toBe(value);
  });

  it('sorts numbers as numbers', () => {
    expect(percentile([10, 9, 100], 0.5)).toBe(10);
  });

  it('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('pauses between arrivals', () => {
  it('are exponential', () => {
    expect(poissonPause(10, () => 0)).toBeCloseTo(0);
    expect(poissonPause(10, () => 1 - 1 / Math.E)).toBeCloseTo(10);
    expect(poissonPause(10, () => 1 - 1 / Math.E ** 3)).toBeCloseTo(30);
  });
});
