import { Deflater } from './deflater';
import { DEFLATED, directoryEntry, DOS_DATE, endOf, type Entry, FLAGS, VERSION } from './zip-directory';

/** The largest number that the classic format can hold. */
const LIMIT = 0xffffffff;

/**
 * A zip archive as it is written: nothing of it is kept but the list of its entries. It may have any length; one entry
 * ends before 4 GiB.
 */
export class Zip {
  private readonly entries: Entry[] = [];
  private offset = 0;

  /** `limit`: from which place on zip64 is used, for tests. */
  constructor(private readonly limit = LIMIT) {}

  /** Writes one entry, chunk by chunk. @throws RangeError when it is too long */
  async *entry(name: string, content: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
    const deflater = new Deflater();
    const start = this.offset;
    const bytes = Buffer.from(name);
    try {
      yield this.out(localHeader(bytes));
      for await (const text of content) {
        for (const ready of await deflater.write(Buffer.from(text))) yield this.out(ready);
      }
      for (const ready of await deflater.end()) yield this.out(ready);
      const { crc, plain, packed } = deflater;
      if (plain > LIMIT || packed > LIMIT) throw new RangeError('A sheet is too large for a workbook.');
      yield this.out(descriptor(crc, packed, plain));
      this.entries.push({ name: bytes, crc, plain, packed, offset: start });
    } finally {
      deflater.destroy();
    }
  }

  /** The list of entries, which ends the archive. */
  end(): Uint8Array {
    const directory = Buffer.concat(this.entries.map((entry) => directoryEntry(entry, this.limit)));
    return Buffer.concat([directory, endOf(this.entries.length, directory.length, this.offset, this.limit)]);
  }

  private out(bytes: Uint8Array): Uint8Array {
    this.offset += bytes.length;
    return bytes;
  }
}

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor(crc: number, packed: number, plain: number): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(0x08074b50, 0);
  sizes.writeUInt32LE(crc, 4);
  sizes.writeUInt32LE(packed, 8);
  sizes.writeUInt32LE(plain, 12);
  return sizes;
}
