import { importColumnsOf } from '@open-cpo/contracts';
import { Header } from './header';
import { tableOf } from './open';
import { LONGEST_ROW, type TableRow } from './table';

/** In pieces of a few bytes, so that characters and rows are cut anywhere. */
async function* inPieces(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 4) yield await Promise.resolve(content.subarray(at, at + 4));
}

async function read(content: string | Buffer) {
  const bytes = Buffer.from(content);
  const read = (from = 0, to = bytes.length - 1) => inPieces(bytes.subarray(from, to + 1));
  const { decimalComma, rows } = await tableOf({ size: bytes.length, read });
  const all: TableRow[] = [];
  for await (const row of rows) all.push(row);
  return { decimalComma, lines: all.map(({ line }) => line), cells: all.map(({ cells }) => cells) };
}

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\n1,"x,y"\n', false],
    ['semicolons', 'a;b\r\n1;x,y\r\n', true],
    ['tabs', 'a\tb\n1\tx,y', true],
    ['a header in quotes', '"a";"b"\r1;"x,y"\r', true],
  ])('with %s is recognised', async (_, text, decimalComma) => {
    expect(await read(text)).toMatchObject({
      decimalComma,
      cells: [
        ['a', 'b'],
        ['1', 'x,y'],
      ],
    });
  });

  it.each([
    ['UTF-8', Buffer.from('a,محطة\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeffa,محطة\n')],
    ['UTF-16 with a mark', Buffer.from('\ufeffa,محطة\n', 'utf16le')],
    ['UTF-16', Buffer.from('a,محطة\n', 'utf16le')],
    ['big-endian UTF-16', bigEndian('\ufeffa,محطة\n')],
  ])('in %s is read', async (_, content) => {
    expect((await read(content)).cells).toEqual([['a', 'محطة']]);
  });

  it('tells the line on which a row ends', async () => {
    expect(await read('a,b\n\n1,"x\ny"\n2,z\n')).toMatchObject({
      lines: [1, 4, 5],
      cells: [
        ['a', 'b'],
        ['1', 'x\ny'],
        ['2', 'z'],
      ],
    });
  });

  it.each(['a,b\r\n1,x\n2,y\r3,z', 'a,b\n1,x\r\n\r\n2,y\n3,z\r\n', 'a,b\r1,x\n2,y\r\n3,z\r'])(
    'whose lines end in several ways has all of its rows: %j',
    async (text) => {
      expect((await read(text)).cells).toEqual([
        ['a', 'b'],
        ['1', 'x'],
        ['2', 'y'],
        ['3', 'z'],
      ]);
    },
  );

  it.each([
    [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'neither text'],
    [Buffer.from('a,b\n1,\u0000\n'), 'neither text'],
    ['a,b\n1,"x', 'not proper CSV'],
    ['a,b\n1,"x"y\n', 'not proper CSV'],
    [`a,b\n${'x'.repeat(LONGEST_ROW + 1000)}\n`, 'not proper CSV'],
    [`"${'x'.repeat(3 * LONGEST_ROW)}`, 'not proper CSV'],
  ])('that is none (%#) is refused in words', async (content, words) => {
    await expect(read(content)).rejects.toMatchObject({
      name: 'BadFile',
      message: expect.stringContaining(words) as string,
    });
  });
});

describe('the header of a file', () => {
  const known = importColumnsOf('workers');
  const names = ['E-Mail', ...known.map(({ name }) => name).slice(1)];
  const header = (cells: readonly string[], decimalComma = false, columns = known) =>
    new Header({ line: 1, cells }, columns, decimalComma);

  it('may have its names in any order and writing, and others beside them', () => {
    const { unknown } = header(['Notes', ' External ID', 'first-name', 'LAST_NAME', 'email', 'rfid', 'expire at', '']);
    expect(unknown).toEqual(['notes']);
  });

  it('has every column that must be there, once', () => {
    expect(() => header(names)).toThrow('The file has no column external_id.');
    expect(() => header([...known.map(({ name }) => name), 'Email'])).toThrow('The file has two columns email.');
  });

  it('takes a decimal comma where no comma separates, for numbers alone', () => {
    const columns = importColumnsOf('orders');
    const cells = columns.map(({ name }) => name);
    const row = cells.map((name) => ({ energy_kwh: '٧,٥', session_id: '1,5', price: '1.5' })[name] ?? '');
    const read = (decimalComma: boolean) => header(cells, decimalComma, columns).row({ line: 2, cells: row })?.cells;
    expect(read(true)).toEqual({ energy_kwh: '7.5', session_id: '1,5', price: '1.5' });
    expect(read(false)).toEqual({ energy_kwh: '٧,٥', session_id: '1,5', price: '1.5' });
  });

  it('takes true and false in any case, for flags alone', () => {
    const columns = importColumnsOf('power-centers');
    const { cells } = header(['listed', 'external_id', 'title', 'category'], false, columns).row({
      line: 2,
      cells: [' TRUE', 'FALSE', 'True', 'x'],
    }) ?? { cells: {} };
    expect(cells).toEqual({ listed: 'true', external_id: 'FALSE', title: 'True', category: 'x' });
  });

  it('names what no column can say: cells beyond the last column, errors of formulas', () => {
    const read = header(known.map(({ name }) => name));
    const cells = known.map(() => '1');
    const row = (more: readonly string[], broken: number[] = []) =>
      read.row({ line: 2, cells: [...cells, ...more], broken })?.errors;
    expect(row(['', ' '])).toBeUndefined();
    expect(row([' ', 'x'])).toEqual({ row: ['The row has more cells than the header.'] });
    expect(row([], [1])).toEqual({ first_name: ['The first name field holds an error of a formula.'] });
  });

  it('passes over rows without any content', () => {
    expect(header(known.map(({ name }) => name)).row({ line: 2, cells: ['', ' '] })).toBeUndefined();
  });
});
