import { waitAfter } from './wait-after';

describe('the wait after a try of a delivery', () => {
  beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
  afterEach(() => jest.restoreAllMocks());

  it('doubles with each try of the delivery', () => {
    expect([1, 2, 3].map((tries) => waitAfter(tries, 1))).toEqual([5000, 10_000, 20_000]);
  });

  it('follows the job where a service of an older version does not tell the tries', () => {
    expect(waitAfter(undefined, 3)).toBe(20_000);
  });
});
