import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { Workbook } from 'exceljs';
import type { Row, Table } from './table';
import { workbook } from './workbook';
import { Zip } from './zip';

const columns: ExportColumn[] = [
  { title: 'Order', type: 'integer', width: 10 },
  { title: 'Power center', type: 'text', width: 30 },
  { title: 'Energy', type: 'decimal', width: 12 },
  { title: 'Amount', type: 'money', width: 14 },
  { title: 'Started', type: 'moment', width: 20 },
  { title: 'Listed', type: 'flag', width: 9 },
];
const table: Table = {
  title: 'Orders',
  columns,
  rightToLeft: false,
  currency: 'DZD',
  createdAt: new Date('2025-01-08T07:33:27Z'),
};
const row = (text: Cell, id = 1): Row => [id, text, '12.3456', '1234.50', '2025-01-08 07:33:27', true];

async function* of(...batches: (readonly Row[])[]): AsyncGenerator<readonly Row[]> {
  yield* await Promise.resolve(batches);
}

/** What another library reads of it. */
async function read(
  what: Partial<Table>,
  batches: AsyncIterable<readonly Row[]>,
  limits?: Parameters<typeof workbook>[2],
): Promise<Workbook> {
  const parts: Uint8Array[] = [];
  for await (const bytes of workbook({ ...table, ...what }, batches, limits)) parts.push(bytes);
  const book = new Workbook();
  await book.xlsx.load(Buffer.concat(parts) as unknown as ArrayBuffer);
  return book;
}
const sheetOf = (book: Workbook) => book.worksheets[0] ?? fail('no sheet');
const fail = (why: string): never => {
  throw new Error(why);
};
const textOf = async (text: Cell): Promise<unknown> => sheetOf(await read({}, of([row(text)]))).getCell('B2').value;

describe('a workbook', () => {
  it('has cells of their types', async () => {
    const sheet = sheetOf(await read({}, of([row('Tassala')])));
    expect(sheet.getRow(2).values).toEqual([
      undefined,
      1,
      'Tassala',
      12.3456,
      1234.5,
      new Date('2025-01-08T07:33:27Z'),
      true,
    ]);
    expect(sheet.getCell('D2').numFmt).toBe('#,##0.00 "DZD"');
    expect(sheet.getCell('C2').numFmt ?? 'General').toBe('General');
    expect(sheet.getCell('E2').numFmt).toBe('yyyy-mm-dd hh:mm:ss');
  });

  it('begins with a bold, frozen header that filters its rows', async () => {
    const sheet = sheetOf(await read({}, of([row('a'), row('b')])));
    expect((sheet.getRow(1).values as unknown[]).slice(1)).toEqual(columns.map(({ title }) => title));
    expect(sheet.getCell('A1').font).toMatchObject({ bold: true });
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:F3');
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 });
    expect(sheet.columns.map(({ width }) => width)).toEqual(columns.map(({ width }) => width));
  });

  it('says what it is and when it was made', async () => {
    const book = await read({ title: 'Power centers' }, of([row('a')]));
    expect(sheetOf(book).name).toBe('Power centers');
    expect([book.title, book.creator, book.created]).toEqual(['Power centers', 'Open CPO', table.createdAt]);
  });

  it('is read from right to left in Arabic', async () => {
    const arabic = await read({ rightToLeft: true, title: 'الطلبات' }, of([row('محطة')]));
    expect(sheetOf(arabic).views[0]).toMatchObject({ rightToLeft: true });
    expect([sheetOf(arabic).name, sheetOf(arabic).getCell('B2').value]).toEqual(['الطلبات', 'محطة']);
    expect(sheetOf(await read({}, of())).views[0]?.rightToLeft).toBeFalsy();
  });

  it('without rows is a header', async () => {
    const sheet = sheetOf(await read({}, of()));
    expect([sheet.rowCount, sheet.autoFilter]).toEqual([1, 'A1:F1']);
  });

  it.each([
    ['=1+1'],
    ['=HYPERLINK("http://evil.test","x")'],
    ['+1'],
    ['-1+2'],
    ['@SUM(A1)'],
    ['\t=1'],
    ["=cmd|' /C calc'!A0"],
    ['a & b < c > "d"'],
    ['  blanks  '],
    ['two\nlines'],
    ['محطة 🔌'],
    ['12.50'],
    ['2025-01-08 07:33:27'],
    ["it's"],
  ])('keeps the text %j a text, letter for letter', async (text) => {
    expect(await textOf(text)).toBe(text);
  });

  it.each([
    ['a\u0000b\u0008c', 'abc'],
    ['lone \ud800 surrogate', 'lone  surrogate'],
    ['\udc00', ''],
    ['\uffff\ufffe!', '!'],
    ['x'.repeat(40_000), 'x'.repeat(32_767)],
    [`${'x'.repeat(32_766)}🔌`, 'x'.repeat(32_766)],
  ])('leaves out what no document can hold (%#)', async (text, left) => {
    expect((await textOf(text)) ?? '').toBe(left);
  });

  it('keeps what does not fit its column as a text', async () => {
    const odd: Row = ['=1', 'a', 'NaN', '1e5', 'yesterday', 'maybe'];
    const sheet = sheetOf(await read({}, of([odd])));
    expect((sheet.getRow(2).values as unknown[]).slice(1)).toEqual([...odd]);
  });

  it('leaves empty what is not known', async () => {
    const sheet = sheetOf(await read({}, of([[1, null, null, null, null, null]])));
    expect(sheet.getRow(2).values).toEqual([undefined, 1]);
  });

  it('writes amounts digit for digit', async () => {
    const sheet = sheetOf(await read({}, of([[1, '', '0.1', '99999999.99', null, false]])));
    expect([sheet.getCell('C2').value, sheet.getCell('D2').value, sheet.getCell('F2').value]).toEqual([
      0.1,
      99999999.99,
      false,
    ]);
  });

  it('goes on in a next sheet when one is full, and loses no row', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => row(`row ${index + 1}`, index + 1));
    const book = await read({ title: 'A title that is as long as it may be' }, of(rows.slice(0, 7), rows.slice(7)), {
      mostRows: 8,
    });
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['A title that is as long as it m', 8],
      ['A title that is as long as it 2', 8],
      ['A title that is as long as it 3', 7],
    ]);
    const ids = book.worksheets.flatMap((sheet) => (sheet.getColumn(1).values as unknown[]).slice(2));
    expect(ids).toEqual(rows.map(([id]) => id));
    for (const sheet of book.worksheets) expect(sheet.getCell('B1').value).toBe('Power center');
  });

  it('goes on in a next sheet before one is too long for an archive', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) => row('x'.repeat(200), index + 1));
    const book = await read({}, of(rows), { mostCharacters: 100_000 });
    expect(book.worksheets.map(({ rowCount }) => rowCount)).toEqual([501, 501, 201]);
    const ids = book.worksheets.flatMap((sheet) => (sheet.getColumn(1).values as unknown[]).slice(2));
    expect(ids).toEqual(rows.map(([id]) => id));
  });

  it('is read by others when places in it have more digits than the classic archive knows', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => row(`row ${index}`, index + 1));
    const book = await read({}, of(rows), { mostRows: 101, zip: new Zip(1000) });
    expect(book.worksheets.map(({ rowCount }) => rowCount)).toEqual([101, 101, 101]);
  });

  it('that is exactly full has one sheet', async () => {
    const rows = Array.from({ length: 7 }, (_, index) => row('a', index));
    expect((await read({}, of(rows), { mostRows: 8 })).worksheets).toHaveLength(1);
  });

  it('stops asking for rows when nobody takes it any more', async () => {
    let given = 0;
    let ended = false;
    async function* endless(): AsyncGenerator<readonly Row[]> {
      try {
        for (;;) yield await Promise.resolve([row('a', (given += 1))]);
      } finally {
        ended = true;
      }
    }
    for await (const bytes of workbook(table, endless())) if (bytes.length > 0 && given > 10) break;
    expect([ended, given < 10_000]).toEqual([true, true]);
  });

  it('tells when the rows break off, instead of ending as if they were all', async () => {
    async function* breaking(): AsyncGenerator<readonly Row[]> {
      yield [row('a')];
      throw await Promise.resolve(new Error('the cursor broke'));
    }
    await expect(read({}, breaking())).rejects.toThrow('the cursor broke');
  });
});
