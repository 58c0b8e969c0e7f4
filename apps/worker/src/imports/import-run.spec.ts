import { Batch } from './import-run';

describe('a batch', () => {
  const row = (text: string, line = 2) => ({ line, cells: { title: text } });
  const batch = (rows = 0) => new Batch({ rows, batch: 500 });

  it('is full by the bytes of its message, however few characters they are', () => {
    const one = batch();
    expect(one.add(row('م'.repeat(60_000)))).toBe(false);
    expect(one.add(row('\u0001'.repeat(25_000)))).toBe(true);
  });

  it('takes no row that fits into no message', () => {
    expect(() => batch().add(row('\u0001'.repeat(100_000), 7))).toThrow('The row of line 7 is too long.');
  });

  it('passes over what was sent before', () => {
    const later = batch(1);
    later.add(row('a'));
    later.add(row('b', 3));
    expect(later).toMatchObject({ from: 1, rows: [row('b', 3)] });
  });
});
