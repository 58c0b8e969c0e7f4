import { Deflater } from './deflater';

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly plain: number;
  readonly packed: number;
  readonly offset: number;
}

/** Deflated, with sizes after the data, names in UTF-8. */
const VERSION = 20;
const FLAGS = 0x0808;
const DEFLATED = 8;
const LIMIT = 0xffffffff;

/** 1980-01-01: when a file was made is told inside of it. */
const DOS_DATE = 0x0021;

/** A zip archive as it is written: nothing of it is kept but the list of its entries. */
export class Zip {
  private readonly entries: Entry[] = [];
  private offset = 0;

  /** Writes one entry, chunk by chunk. */
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
      if (plain > LIMIT || this.offset > LIMIT - 0x10000) throw new RangeError('The file is too large for a workbook.');
      yield this.out(descriptor(crc, packed, plain));
      this.entries.push({ name: bytes, crc, plain, packed, offset: start });
    } finally {
      deflater.destroy();
    }
  }

  /** The list of entries, which ends the archive. */
  end(): Uint8Array {
    const directory = Buffer.concat(this.entries.map(directoryEntry));
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.entries.length, 8);
    end.writeUInt16LE(this.entries.length, 10);
    end.writeUInt32LE(directory.length, 12);
    end.writeUInt32LE(this.offset, 16);
    return Buffer.concat([directory, end]);
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

function directoryEntry({ name, crc, plain, packed, offset }: Entry): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  entry.writeUInt16LE(VERSION, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(DOS_DATE, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(plain, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}
