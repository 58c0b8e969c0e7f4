import { tableOf } from './open';
import { fileOf, read, shared, withSheet } from './xlsx.spec-helper';

describe('a large workbook', () => {
  it.each<[string, () => Buffer, string]>([
    ['has elements without an end', () => withSheet('<a>'.repeat(5_000_000)), 'damaged'],
    ['has too many empty cells', () => withSheet(Buffer.alloc(4 * 3_500_000, '<c/>')), 'empty'],
    ['has too many empty rows', () => withSheet(Buffer.alloc(6 * 3_500_000, '<row/>')), 'empty'],
    ['has too many texts', () => withSheet('', shared(2_000, 16_000)), 'too many texts'],
    ['has an endless space', () => withSheet(Buffer.alloc(80 * 1024 * 1024, ' ')), 'too long'],
    ['is a bomb', () => withSheet(Buffer.alloc(80 * 1024 * 1024, `<a b="${'x'.repeat(10_000)}"/>`)), 'too large'],
  ])('that %s is refused in words', async (_, content, words) => {
    await expect(read(content())).rejects.toMatchObject({
      name: 'BadFile',
      message: expect.stringContaining(words) as string,
    });
  });

  it('of any length is read within bounds', async () => {
    const one = Buffer.from('<row><c t="str"><v>some text</v></c><c><v>1</v></c></row>');
    const { rows } = await tableOf(fileOf(withSheet(Buffer.alloc(200_000 * one.length, one))));
    let count = 0;
    for await (const { cells } of rows) count += cells.length;
    expect(count).toBe(400_000);
  });
});
