import { Breaker } from './breaker';

describe('the breaker of a service', () => {
  let now: number;
  let breaker: Breaker;
  beforeEach(() => {
    now = 1_000_000;
    breaker = new Breaker(() => now);
  });
  const fail = (times: number): void => void Array.from({ length: times }, () => breaker.failed());
  const answer = (times: number): void => void Array.from({ length: times }, () => breaker.answered());

  it('lets everything through while the service answers', () => {
    answer(1000);
    expect(breaker.admits()).toBe(true);
    expect([breaker.state, breaker.waits]).toEqual(['closed', 0]);
  });

  it('does not judge by a few failures', () => {
    fail(9);
    expect(breaker.state).toBe('closed');
  });

  it('opens when nothing is answered any more, and refuses without asking', () => {
    fail(10);
    expect(breaker.state).toBe('open');
    expect(breaker.admits()).toBe(false);
    expect(breaker.waits).toBe(1000);
  });

  it('stays closed while one of two replicas is frozen: the other half is wanted', () => {
    for (let index = 0; index < 200; index += 1) {
      breaker.failed();
      breaker.answered();
    }
    expect(breaker.state).toBe('closed');
  });

  it('forgets good times soon enough to notice bad ones', () => {
    answer(100);
    now += 2000;
    fail(1);
    now += 5000;
    fail(10);
    expect(breaker.state).toBe('open');
  });

  it('tries one request at a time once it was open for a while', () => {
    fail(10);
    now += 1000;
    expect(breaker.state).toBe('half-open');
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
    now += 250;
    expect(breaker.admits()).toBe(true);
  });

  it('closes with the first answer', () => {
    fail(10);
    now += 1000;
    breaker.admits();
    breaker.answered();
    expect(breaker.state).toBe('closed');
    fail(9);
    expect(breaker.state).toBe('closed');
  });

  it('waits longer with each try in vain, but never much', () => {
    fail(10);
    const waits = [];
    for (let round = 0; round < 4; round += 1) {
      now += breaker.waits;
      breaker.admits();
      breaker.failed();
      waits.push(breaker.waits);
    }
    expect(waits).toEqual([2000, 4000, 4000, 4000]);
  });

  it('is not kept open by the late failures of what left before', () => {
    fail(10);
    now += 100;
    fail(50);
    expect(breaker.waits).toBe(900);
  });
});
