import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { csv, csvSemicolon } from './csv';
import type { Row, TableWriter } from './table';

const columns: ExportColumn[] = [
  { title: 'Order', type: 'integer', width: 10 },
  { title: 'Power center, by name', type: 'text', width: 30 },
  { title: 'Amount', type: 'money', width: 14 },
  { title: 'Listed', type: 'flag', width: 9 },
];
const table = { title: 'Orders', columns, rightToLeft: false, currency: 'DZD', createdAt: new Date() };

const written = (...rows: Row[]): Promise<string> => writtenBy(csv, ...rows);

async function writtenBy(write: TableWriter, ...rows: Row[]): Promise<string> {
  async function* batches(): AsyncGenerator<readonly Row[]> {
    yield await Promise.resolve(rows);
  }
  const parts: Uint8Array[] = [];
  for await (const bytes of write(table, batches())) parts.push(bytes);
  return Buffer.concat(parts).toString();
}
const second = async (text: Cell): Promise<string> =>
  (await written([1, text, '2.00', true])).split('\r\n').slice(1).join('\r\n');

describe('comma-separated values', () => {
  it('begin with a mark for UTF-8 and the titles', async () => {
    expect(await written()).toBe('\ufeffOrder,"Power center, by name",Amount,Listed\r\n');
  });

  it('have a line a row, numbers as they are', async () => {
    const text = await written([1, 'Tassala', '-2.50', false], [2, null, null, null]);
    expect(text.split('\r\n').slice(1)).toEqual(['1,Tassala,-2.50,false', '2,,,', '']);
  });

  it.each([
    ['a "b"', '1,"a ""b""",2.00,true\r\n'],
    ['two\nlines', '1,"two\nlines",2.00,true\r\n'],
    ['محطة', '1,محطة,2.00,true\r\n'],
    ['a;b', '1,"a;b",2.00,true\r\n'],
    ['a|b', '1,"a|b",2.00,true\r\n'],
    ['a\tb', '1,"a\tb",2.00,true\r\n'],
    ['a - b', '1,a - b,2.00,true\r\n'],
  ])('quote what needs it: %j', async (text, line) => {
    expect(await second(text)).toBe(line);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
    'never hold a formula: %j',
    async (text) => {
      expect(await second(text)).toMatch(/^1,"?'/);
    },
  );

  it.each([
    ['Harbour;=1+41;x', `"Harbour;'=1+41;x"`],
    ['a,@SUM(A1)', `"a,'@SUM(A1)"`],
    ['a\t=1|-2', `"a\t'=1|'-2"`],
    ['a\n+1', `"a\n'+1"`],
    ['a;"=1"', `"a;""'=1"""`],
    ['"=1', `"""'=1"`],
    ['a;＝1', `"a;'＝1"`],
  ])('never hold one after a separator of another locale: %j', async (text, cell) => {
    expect(await second(text)).toBe(`1,${cell},2.00,true\r\n`);
  });

  it('have semicolons and decimal commas where that is asked for', async () => {
    const text = await writtenBy(csvSemicolon, [1, 'a;b', '-2.50', false], [2, 'c, d', 1.25, null]);
    expect(text).toBe('\ufeffOrder;"Power center, by name";Amount;Listed\r\n1;"a;b";-2,50;false\r\n2;"c, d";1,25;\r\n');
  });

  it('take what claims to be an amount and is none for a text', async () => {
    expect((await written([1, 'a', '=1', true])).split('\r\n')[1]).toBe("1,a,'=1,true");
  });
});
