import { changed } from './invariants';

describe('rows of another account', () => {
  const before = new Map([
    ['stations.sites', 'a'],
    ['auth.users', 'none'],
  ]);

  it('are the same while every table has the digest that it had', () => {
    expect(changed(before, new Map(before))).toEqual([]);
  });

  it.each([
    ['changed', 'b'],
    ['went', 'none'],
  ])('that %s are told of by table', (_what, digest) => {
    expect(changed(before, new Map([...before, ['stations.sites', digest]]))).toEqual(['stations.sites']);
  });

  it('in a table that is gone count as changed', () => {
    expect(changed(before, new Map([['auth.users', 'none']]))).toEqual(['stations.sites']);
  });
});
