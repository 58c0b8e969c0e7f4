import { xml } from './xml';

describe('a text as XML', () => {
  it.each([
    ['plain, محطة 🔌', 'plain, محطة 🔌'],
    ['<a & "b">', '&lt;a &amp; &quot;b&quot;&gt;'],
    ['a\rb', 'a_x000D_b'],
    ['a\tb\nc', 'a\tb\nc'],
    // Spreadsheets would take these for a character.
    ['_x0041_', '_x005F_x0041_'],
    ['_x0041', '_x0041'],
    ['_x000D_\r', '_x005F_x000D__x000D_'],
    ['\u0000\u0001\u001f', ''],
    ['\ud83d alone', ' alone'],
    [']]>', ']]&gt;'],
  ])('%j is %j', (text, escaped) => {
    expect(xml(text)).toBe(escaped);
  });
});
