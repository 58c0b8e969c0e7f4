import { megabytes, uncompressed, weighed } from './sizes';

describe('the weight of an image', () => {
  it('is told with and without its base', () => {
    const sizes = new Map([
      ['base', 80e6],
      ['modules', 30e6],
      ['app', 2e6],
    ]);
    const size = weighed('auth', ['base', 'modules', 'app'], ['base'], sizes);
    expect(size).toEqual({ image: 'auth', whole: 112e6, own: 32e6 });
    expect(megabytes(size.whole)).toBe('112.0 MB');
  });

  it('takes layers that were not compressed as they are', () => {
    const listed = [{ 'diff-digest': 'sha256:1', 'diff-size': 5120 }, {}];
    expect(uncompressed(listed, ['sha256:1'])).toEqual(new Map([['sha256:1', 5120]]));
    expect(() => uncompressed(listed, ['sha256:2'])).toThrow('sha256:2');
  });
});
