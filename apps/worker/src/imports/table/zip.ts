import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { OpenFile } from '@open-cpo/files';
import { BadFile } from './table';

const END = Buffer.from('PK\x05\x06');
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
/** Bytes of the list of entries: workbooks have a few dozen. */
const LARGEST_LIST = 1024 * 1024;
const [STORED, DEFLATED] = [0, 8];

/** An entry of a zip file, as its list says. */
export interface ZipEntry {
  readonly method: number;
  readonly compressed: number;
  readonly offset: number;
}

type Readables = Pick<OpenFile, 'size' | 'read'>;

const broken = (): BadFile => new BadFile('The workbook is damaged, or has a password.');

async function bytesOf({ read }: Readables, from: number, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of read(from, from + length - 1)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The entries of a zip file by their names; of the file only its end is read. @throws BadFile */
export async function entriesOf(file: Readables): Promise<Map<string, ZipEntry>> {
  const from = Math.max(0, file.size - END_SIZE - LONGEST_COMMENT);
  const tail = await bytesOf(file, from, file.size - from);
  const at = tail.lastIndexOf(END);
  if (at < 0 || at + END_SIZE > tail.length) throw broken();
  const [size, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (size > LARGEST_LIST || offset + size > file.size) throw broken();
  const list = size > 0 ? await bytesOf(file, offset, size) : Buffer.alloc(0);
  const entries = new Map<string, ZipEntry>();
  for (let next = 0; next + ENTRY_SIZE <= list.length;) {
    const lengths = [28, 30, 32].map((place) => list.readUInt16LE(next + place)) as [number, number, number];
    const name = list.toString('utf8', next + ENTRY_SIZE, next + ENTRY_SIZE + lengths[0]);
    entries.set(name, {
      method: list.readUInt16LE(next + 10),
      compressed: list.readUInt32LE(next + 20),
      offset: list.readUInt32LE(next + 42),
    });
    next += ENTRY_SIZE + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

/** The bytes of an entry as they lie in the file. */
async function packed(file: Readables, { method, compressed, offset }: ZipEntry): Promise<Readable> {
  if (offset + LOCAL_SIZE > file.size || (method !== STORED && method !== DEFLATED)) throw broken();
  const local = await bytesOf(file, offset, LOCAL_SIZE);
  const from = offset + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (from + compressed > file.size) throw broken();
  return Readable.from(compressed === 0 ? [] : file.read(from, from + compressed - 1));
}

/**
 * The content of an entry, no faster than it is taken. What the file says of its size is not believed: beyond `most` bytes it
 * ends with an error, whatever was promised.
 * @throws BadFile
 */
export async function* contentOf(file: Readables, entry: ZipEntry, most: number): AsyncGenerator<Buffer> {
  const raw = await packed(file, entry);
  const content: Readable = entry.method === STORED ? raw : raw.pipe(createInflateRaw());
  if (content !== raw) raw.on('error', (error) => content.destroy(error));
  let size = 0;
  try {
    for await (const piece of content as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > most) throw new BadFile('The workbook is too large. Save it as CSV, or as several files.');
      yield piece;
    }
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    throw typeof code === 'string' && code.startsWith('Z_') ? broken() : cause;
  } finally {
    raw.destroy();
  }
}
