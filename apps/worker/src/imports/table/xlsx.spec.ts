import { deflateRawSync } from 'node:zlib';
import { Workbook } from 'exceljs';
import { tableOf } from './open';
import type { TableRow } from './table';

const fileOf = (content: Buffer) => ({
  size: content.length,
  async *read(from = 0, to = content.length - 1): AsyncGenerator<Uint8Array> {
    for (let at = from; at <= to; at += 1000)
      yield await Promise.resolve(content.subarray(at, Math.min(at + 1000, to + 1)));
  },
});

async function read(content: Buffer): Promise<TableRow[]> {
  const { rows } = await tableOf(fileOf(content));
  const all: TableRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** A zip file with these entries, packed, whatever they promise. */
function zipOf(entries: Record<string, string | Buffer>): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(30);
    head.write('PK\x03\x04', 'latin1');
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(head, Buffer.from(name), packed);
    list.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const all = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(all.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, all, end]);
}

const WORKBOOK = {
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="x"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="x" Target="worksheets/sheet1.xml"/></Relationships>',
};
const withSheet = (rows: string | Buffer, more: Record<string, string | Buffer> = {}): Buffer =>
  zipOf({
    ...WORKBOOK,
    ...more,
    'xl/worksheets/sheet1.xml': Buffer.concat([
      Buffer.from('<worksheet><sheetData>'),
      Buffer.from(rows),
      Buffer.from('</sheetData></worksheet>'),
    ]),
  });

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
    ['has elements without an end', () => withSheet('<a>'.repeat(5_000_000)), 'damaged'],
    ['has too many columns', () => withSheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), 'columns'],
    [
      'has a row that repeats a long text',
      () => withSheet(`<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`, shared(1, 60_000)),
      'too long',
    ],
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

const shared = (count: number, length: number) => ({
  'xl/sharedStrings.xml': `<sst>${`<si><t>${'x'.repeat(length)}</t></si>`.repeat(count)}</sst>`,
});
