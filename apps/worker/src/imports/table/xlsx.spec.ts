import { Workbook } from 'exceljs';
import { tableOf } from './open';
import { fileOf, read, shared, withSheet, WORKBOOK, zipOf } from './xlsx.spec-helper';

describe('a workbook', () => {
  it('is read as its cells show', async () => {
    const book = new Workbook();
    const sheet = book.addWorksheet('Orders');
    book.addWorksheet('Others').addRow(['nothing of this']);
    sheet.addRow(['session_id', 'moment', 'day', 'time', 'number', 'flag']);
    sheet.addRow(['S-1', new Date('2025-01-31T14:05:09Z'), new Date('2025-12-31T00:00:00Z'), 1 / 3, 0.1 + 0.2, true]);
    sheet.addRow([]);
    sheet.addRow([{ richText: [{ text: 'محطة ' }, { text: '<&>' }] }, null, null, null, 123131321123]);
    sheet.getCell('B2').numFmt = 'dd/mm/yyyy hh:mm:ss';
    sheet.getCell('C2').numFmt = 'dd/mm/yyyy';
    sheet.getCell('D2').numFmt = 'h:mm';
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    expect(await read(bytes)).toEqual([
      { line: 1, cells: ['session_id', 'moment', 'day', 'time', 'number', 'flag'] },
      { line: 2, cells: ['S-1', '2025-01-31T14:05:09', '2025-12-31', '08:00:00', '0.3', 'true'] },
      { line: 4, cells: ['محطة <&>', '', '', '', '123131321123'] },
    ]);
  });

  it('is read where its elements have a prefix, its texts are inline and its cells say no place', async () => {
    const row =
      '<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t><x:rPh><x:t>b</x:t></x:rPh></x:is></x:c><x:c><x:v>1E-3</x:v></x:c></x:row>';
    const sheet = `<x:worksheet xmlns:x="x"><x:sheetData>${row}</x:sheetData></x:worksheet>`;
    expect(await read(zipOf({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': sheet }))).toEqual([
      { line: 1, cells: ['a', '0.001'] },
    ]);
  });

  it('has no separator that a decimal comma could be taken for', async () => {
    expect((await tableOf(fileOf(withSheet('')))).decimalComma).toBe(true);
  });

  it('has its rows numbered upwards, whatever they say', async () => {
    const rows = ['1', '1', 'x', '7.5', '1e9', '9', '-1'].map((r) => `<row r="${r}"><c><v>1</v></c></row>`).join('');
    expect((await read(withSheet(rows))).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 9, 10]);
  });

  it('has the errors of its formulas marked', async () => {
    const row = '<row><c r="B1" t="e"><v>#N/A</v></c><c t="str"><v>#N/A</v></c></row>';
    expect(await read(withSheet(row))).toEqual([{ line: 1, cells: ['', '#N/A', '#N/A'], broken: [1] }]);
  });

  it('has each of its formats looked at once, however many styles have it', async () => {
    const format = '_0'.repeat(100);
    const formats = `<numFmts><numFmt numFmtId="200" formatCode="${format}"/></numFmts>`;
    const styles = `<styleSheet>${formats}<cellXfs>${'<xf numFmtId="200"/>'.repeat(1000)}</cellXfs></styleSheet>`;
    const replaced = jest.spyOn(String.prototype, 'replace');
    const rows = await read(withSheet('<row><c s="1"><v>1</v></c></row>', { 'xl/styles.xml': styles }));
    const looks = replaced.mock.contexts.filter((text) => String(text) === format);
    replaced.mockRestore();
    expect(rows).toEqual([{ line: 1, cells: ['1'] }]);
    expect(looks).toHaveLength(1);
  });

  it.each<[string, () => Buffer, string]>([
    ['is cut off', () => withSheet('').subarray(0, 100), 'damaged'],
    ['has no sheet', () => zipOf(WORKBOOK), 'no sheet'],
    ['has a password', () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), 'without a password'],
    ['is no XML', () => withSheet('<row><c></row>'), 'damaged'],
    ['has entities of its own', () => withSheet('<row><c t="str"><v>&lol;</v></c></row>'), 'damaged'],
    ['has one endless text', () => withSheet(`<row><c t="str"><v>${'x'.repeat(3_000_000)}</v></c></row>`), 'too long'],
    [
      'has a value in many pieces',
      () => withSheet(`<row><c><v>${'<a>xxx</a>'.repeat(30_000)}</v></c></row>`),
      'too long',
    ],
    ['has a value within others', () => withSheet('<row><c>'.repeat(40)), 'damaged'],
    ['has too many columns', () => withSheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), 'columns'],
    [
      'has a row that repeats a long text',
      () => withSheet(`<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`, shared(1, 60_000)),
      'too long',
    ],
  ])('that %s is refused in words', async (_, content, words) => {
    await expect(read(content())).rejects.toMatchObject({
      name: 'BadFile',
      message: expect.stringContaining(words) as string,
    });
  });
});
