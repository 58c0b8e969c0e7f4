import type { OpenFile } from '@open-cpo/files';
import { csv } from './csv';
import { BadFile, type Table } from './table';
import { xlsx } from './xlsx';

/** How every zip file, and so every workbook, begins. */
const ZIP = Buffer.from('PK\x03\x04');
/** How workbooks of before 2007 begin, and those with a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** A file as a table, by what it begins with. @throws BadFile */
export async function tableOf(file: Pick<OpenFile, 'size' | 'read'>): Promise<Table> {
  const beginning: Uint8Array[] = [];
  for await (const piece of file.read(0, Math.min(ZIP.length, file.size) - 1)) beginning.push(piece);
  const first = Buffer.concat(beginning);
  if (first.equals(COMPOUND)) throw new BadFile('Workbooks must be xlsx, without a password.');
  return first.equals(ZIP) ? xlsx(file) : csv(file.read());
}
