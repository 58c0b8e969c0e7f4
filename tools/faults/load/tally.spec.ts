import { endingOf, type Outcome, Tally } from './tally';

const headers = (retryAfter?: string): Headers => new Headers(retryAfter ? { 'retry-after': retryAfter } : {});

describe('how a request ended', () => {
  it.each([
    [200, headers(), 10, 'done'],
    [404, headers(), 10, 'refused'],
    [503, headers('2'), 10, 'unavailable'],
    [504, headers('2'), 5100, 'unavailable'],
    [503, headers(), 10, 'error'],
    [500, headers('2'), 10, 'error'],
    [502, headers(), 10, 'error'],
    [504, headers('2'), 9000, 'late'],
    [200, headers(), 9000, 'late'],
    [500, headers(), 9000, 'error'],
  ])('%i with %o after %i ms: %s', (status, head, milliseconds, ending) => {
    expect(endingOf(status, head, milliseconds)).toBe(ending);
  });
});

describe('a tally', () => {
  const outcome = (ending: Outcome['ending'], status: number): Outcome => ({
    ending,
    status,
    milliseconds: 12,
    headers: headers(),
    body: Buffer.alloc(0),
  });
  const tally = new Tally();
  tally.add('orders', 'GET /orders', outcome('done', 200));
  tally.add('orders', 'GET /orders', outcome('unavailable', 503));
  tally.add('orders', 'GET /orders', outcome('cut', 0));
  tally.add('auth', 'GET /user', outcome('error', 500));

  it('counts by service and ending', () => {
    expect(tally.count()).toBe(4);
    expect(tally.count(['orders'])).toBe(3);
    expect(tally.count(['orders'], ['unavailable', 'cut'])).toBe(2);
    expect(tally.count(undefined, ['error'])).toBe(1);
    expect(tally.services).toEqual(['orders', 'auth']);
  });

  it('counts failures by status, and names the undocumented ones', () => {
    expect(Object.fromEntries(tally.statuses)).toEqual({ 503: 1, cut: 1 });
    expect(tally.late).toEqual([]);
    expect(tally.errors).toEqual(['GET /user: 500 after 12 ms']);
  });
});
