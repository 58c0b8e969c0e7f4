import { Collecting } from './collect';

describe('what a long export leaves behind', () => {
  it('is collected while it is written', () => {
    const collecting = new Collecting();
    const left = new WeakRef(Array.from({ length: 1000 }, () => ({})));
    const kept = { rows: 1 };
    const held = new WeakRef(kept);
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      collecting.count(49_999);
      collecting.count(1);
      expect(left.deref()).toBeUndefined();
      expect(held.deref()).toBe(kept);
    });
  });
});
