import fc from 'fast-check';
import { literal, patternOf } from './search';

/** What LIKE does, for patterns without a bare wildcard inside. */
const unescape = (pattern: string) => pattern.replace(/\\([\\%_])/g, '$1');

describe('a search', () => {
  it.each([
    ['50%', String.raw`50\%`],
    ['a_b', String.raw`a\_b`],
    [String.raw`a\b`, String.raw`a\\b`],
    ['مقهى', 'مقهى'],
  ])('for %s takes wildcards literally', (text, expected) => {
    expect(literal(text)).toBe(expected);
  });

  it('can be read back from its pattern, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => unescape(literal(text)) === text));
  });

  it('of three characters and more looks anywhere, in any script', () => {
    expect(patternOf('abc', 'prefix')).toBe('%abc%');
    expect(patternOf('مقه', 'prefix')).toBe('%مقه%');
    expect(patternOf('🔌🔌', 'prefix')).toBe('🔌🔌%');
  });

  it('of one or two characters looks where the list says', () => {
    expect(patternOf('ab', 'prefix')).toBe('ab%');
    expect(patternOf('ab', 'anywhere')).toBe('%ab%');
  });
});
