import { LinePrefixer, prefixFor } from './line-prefixer';

describe('the output of several processes', () => {
  const prefixed = (...chunks: string[]): string => {
    let written = '';
    const lines = new LinePrefixer('auth │ ', (text) => (written += text));
    chunks.forEach((chunk) => lines.push(chunk));
    lines.end();
    return written;
  };

  it('shows at each line whose it is', () => {
    expect(prefixed('one\ntwo\n')).toBe('auth │ one\nauth │ two\n');
  });

  it('keeps a line together that came in pieces', () => {
    expect(prefixed('o', 'n', 'e\ntw', 'o\n')).toBe('auth │ one\nauth │ two\n');
  });

  it('keeps empty lines, and a last line without an end', () => {
    expect(prefixed('one\n\nlast')).toBe('auth │ one\nauth │ \nauth │ last\n');
  });

  it('writes nothing when nothing came', () => {
    expect(prefixed('')).toBe('');
  });

  it('is aligned', () => {
    expect(prefixFor('auth', 8, (text) => text)).toBe('auth     │ ');
    expect(prefixFor('stations', 8, (text) => `<${text}>`)).toBe('<stations │> ');
  });
});
