import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { csv } from './csv';
import type { Row } from './table';

const columns: ExportColumn[] = [
  { title: 'Order', type: 'integer', width: 10 },
  { title: 'Power center, by name', type: 'text', width: 30 },
  { title: 'Amount', type: 'money', width: 14 },
  { title: 'Listed', type: 'flag', width: 9 },
];
const table = { title: 'Orders', columns, rightToLeft: false, currency: 'DZD', createdAt: new Date() };

async function written(...rows: Row[]): Promise<string> {
  async function* batches(): AsyncGenerator<readonly Row[]> {
    yield await Promise.resolve(rows);
  }
  const parts: Uint8Array[] = [];
  for await (const bytes of csv(table, batches())) parts.push(bytes);
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
  ])('quote what needs it: %j', async (text, line) => {
    expect(await second(text)).toBe(line);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
    'never hold a formula: %j',
    async (text) => {
      expect(await second(text)).toMatch(/^1,"?'/);
    },
  );

  it('take what claims to be an amount and is none for a text', async () => {
    expect((await written([1, 'a', '=1', true])).split('\r\n')[1]).toBe("1,a,'=1,true");
  });
});
