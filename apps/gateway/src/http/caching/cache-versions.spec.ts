import { CacheVersions } from './cache-versions';

describe('what was read before a change', () => {
  let versions: CacheVersions;
  beforeEach(() => (versions = new CacheVersions()));

  it('holds while nothing changes', () => {
    expect(versions.holds(versions.now, 1, ['stations'])).toBe(true);
  });

  it('no longer holds after one in its topics', () => {
    const before = versions.now;
    versions.touch(1, 'stations');
    expect(versions.holds(before, 1, ['auth', 'stations'])).toBe(false);
    expect(versions.holds(versions.now, 1, ['auth', 'stations'])).toBe(true);
  });

  it('holds after changes of other topics and other accounts', () => {
    const before = versions.now;
    versions.touch(1, 'auth');
    versions.touch(2, 'stations');
    expect(versions.holds(before, 1, ['stations'])).toBe(true);
  });

  it('no longer holds when a change came between the question and the answer', () => {
    const asked = versions.now;
    versions.touch(1, 'stations');
    const answered = asked;
    expect(versions.holds(answered, 1, ['stations'])).toBe(false);
  });

  it('no longer holds when everything may have changed, for anybody', () => {
    const before = versions.now;
    versions.touchAll();
    expect(versions.holds(before, 1, [])).toBe(false);
    expect(versions.holds(versions.now, 2, [])).toBe(true);
  });

  it('no longer holds when more accounts changed than are remembered', () => {
    const before = versions.now;
    versions.touch(1, 'stations');
    for (let account = 2; account <= 50_001; account += 1) versions.touch(account, 'auth');
    expect(versions.holds(before, 1, ['stations'])).toBe(false);
    expect(versions.holds(versions.now, 1, ['stations'])).toBe(true);
  });
});
