import { Refusal } from '@open-cpo/contracts';
import { StreamLease } from './stream-lease';

const MIB = 1024 * 1024;

describe('the right to a stream', () => {
  const lease = (): StreamLease => new StreamLease(1, () => undefined);

  it('lasts while the reader keeps to the least rate', () => {
    const held = lease();
    let now = 0;
    for (let mebibytes = 0; mebibytes < 10; mebibytes += 1) {
      held.handed(MIB, now);
      now += 20_000;
      expect(held.isTooSlow(now)).toBe(false);
      held.taken(now);
    }
  });

  it('ends with a reader that is slower over the whole answer, however evenly it takes little', () => {
    const held = lease();
    let now = 0;
    while (!held.isTooSlow(now)) {
      held.taken(now);
      held.handed(1000, now);
      now += 1000;
    }
    expect(now).toBeLessThan(12_000);
  });

  it('ends with a reader that takes nothing, whatever it took before', () => {
    const held = lease();
    held.handed(100 * MIB, 0);
    expect([held.isTooSlow(29_000), held.isTooSlow(31_000)]).toEqual([false, true]);
  });

  it('ends after five minutes of waiting for the reader at any rate', () => {
    const held = lease();
    held.handed(100 * MIB, 0);
    held.taken(29_000);
    for (let now = 29_000; now < 290_000; now += 29_000) {
      held.handed(MIB, now);
      held.taken(now + 29_000);
    }
    held.handed(MIB, 290_000);
    expect(held.isTooSlow(301_000)).toBe(true);
  });

  it('does not count the time of the database', () => {
    const held = lease();
    held.handed(1, 0);
    held.taken(10);
    expect(held.isTooSlow(1_000_000)).toBe(false);
  });

  it('of the service itself has all the time that its reader needs', () => {
    const held = new StreamLease(undefined, () => undefined);
    held.handed(1, 0);
    expect(held.isTooSlow(3_600_000)).toBe(false);
  });

  it('is given back once, and tells the reader why', () => {
    let returned = 0;
    let cuts = 0;
    const held = new StreamLease(1, () => (returned += 1));
    held.onEnd(() => (cuts += 1));
    held.handed(1, 0);
    held.end(new Refusal('deadline_exceeded'));
    held.return();
    expect([returned, cuts]).toEqual([1, 1]);
    expect(() => held.taken(1)).toThrow(Refusal);
  });
});
