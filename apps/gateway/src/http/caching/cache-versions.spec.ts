import { CacheVersions } from './cache-versions';

describe('what was read before a change', () => {
  let stamps: CacheVersions;
  beforeEach(() => (stamps = new CacheVersions()));

  it('holds while nothing changes', () => {
    expect(stamps.holds(stamps.now, 1, ['stations'])).toBe(true);
  });

  it('no longer holds after one in its topics', () => {
    const before = stamps.now;
    stamps.touch(1, 'stations');
    expect(stamps.holds(before, 1, ['auth', 'stations'])).toBe(false);
    expect(stamps.holds(stamps.now, 1, ['auth', 'stations'])).toBe(true);
  });

  it('holds after changes of other topics and other accounts', () => {
    const before = stamps.now;
    stamps.touch(1, 'auth');
    stamps.touch(2, 'stations');
    expect(stamps.holds(before, 1, ['stations'])).toBe(true);
  });

  it('no longer holds when a change came between the question and the answer', () => {
    const asked = stamps.now;
    stamps.touch(1, 'stations');
    const answered = asked;
    expect(stamps.holds(answered, 1, ['stations'])).toBe(false);
  });

  it('no longer holds when everything may have changed, for anybody', () => {
    const before = stamps.now;
    stamps.touchAll();
    expect(stamps.holds(before, 1, [])).toBe(false);
    expect(stamps.holds(stamps.now, 2, [])).toBe(true);
  });

  it('no longer holds when more accounts changed than are remembered', () => {
    const before = stamps.now;
    stamps.touch(1, 'stations');
    for (let account = 2; account <= 50_001; account += 1) stamps.touch(account, 'auth');
    expect(stamps.holds(before, 1, ['stations'])).toBe(false);
    expect(stamps.holds(stamps.now, 1, ['stations'])).toBe(true);
  });
});
