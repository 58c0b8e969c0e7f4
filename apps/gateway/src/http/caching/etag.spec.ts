import { etagMatches, tagOf } from './etag';

const tag = tagOf(Buffer.from('{"id":7}'));

describe('the validator of an answer', () => {
  it('is weak, quoted, and the same for the same bytes wherever they are made', () => {
    expect(tag).toMatch(/^W\/"[A-Za-z0-9+/]{22}"$/);
    expect(tagOf(new Uint8Array(Buffer.from('{"id":7}')))).toBe(tag);
    expect(tagOf(Buffer.from('{"id":8}'))).not.toBe(tag);
  });
});

describe('If-None-Match', () => {
  it.each([
    ['the tag', tag],
    ['the tag as a strong one: the comparison is weak', tag.slice(2)],
    ['one of several', `"a", ${tag} ,W/"b"`],
    ['several with a comma inside', `"a,b", ${tag}`],
    ['a strong one of several', `"b", ${tag.slice(2)}`],
    ['whatever there is', '*'],
    ['whatever there is, with blanks', ' * '],
  ])('names %s', (_what, header) => expect(etagMatches(header, tag)).toBe(true));

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['others', '"a", W/"b"'],
    ['a part of the tag', tag.slice(0, -3) + '"'],
    ['the tag without its quotes', tag.slice(3, -1)],
    ['a star among tags, which is none', '"a", *'],
    ['no list at all', 'W/W/W/"'],
  ])('does not name it by %s', (_what, header) => expect(etagMatches(header, tag)).toBe(false));
});
