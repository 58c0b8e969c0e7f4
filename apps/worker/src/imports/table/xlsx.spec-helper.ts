import { deflateRawSync } from 'node:zlib';
import { tableOf } from './open';
import type { TableRow } from './table';

/** A file of these bytes. */
export const fileOf = (content: Buffer) => ({
  size: content.length,
  async *read(from = 0, to = content.length - 1): AsyncGenerator<Uint8Array> {
    for (let at = from; at <= to; at += 1000)
      yield await Promise.resolve(content.subarray(at, Math.min(at + 1000, to + 1)));
  },
});

/** All rows of a workbook. */
export async function read(content: Buffer): Promise<TableRow[]> {
  const { rows } = await tableOf(fileOf(content));
  const all: TableRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** A zip file with these entries, packed, whatever they promise. */
export function zipOf(entries: Record<string, string | Buffer>): Buffer {
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

/** What a workbook of one sheet has beside the sheet. */
export const WORKBOOK = {
  'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="x"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="x" Target="worksheets/sheet1.xml"/></Relationships>',
};
/** A workbook of one sheet with these rows. */
export const withSheet = (rows: string | Buffer, more: Record<string, string | Buffer> = {}): Buffer =>
  zipOf({
    ...WORKBOOK,
    ...more,
    'xl/worksheets/sheet1.xml': Buffer.concat([
      Buffer.from('<worksheet><sheetData>'),
      Buffer.from(rows),
      Buffer.from('</sheetData></worksheet>'),
    ]),
  });

/** So many shared texts. */
export const shared = (count: number, length: number) => ({
  'xl/sharedStrings.xml': `<sst>${`<si><t>${'x'.repeat(length)}</t></si>`.repeat(count)}</sst>`,
});
