/** Deflated, with sizes after the data, names in UTF-8. */
export const VERSION = 20;
export const FLAGS = 0x0808;
export const DEFLATED = 8;
/** 1980-01-01: the time of a file is in its contents. */
export const DOS_DATE = 0x0021;

/** Readers that know of zip64; and what stands where the classic format has no room for a number. */
const VERSION_64 = 45;
const SEE_ZIP64 = 0xffffffff;
const EXTRA = 12;
const END_64 = 56;
const LOCATOR = 20;
const END = 22;

/** One entry of an archive. */
export interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly plain: number;
  readonly packed: number;
  readonly offset: number;
}

/** An entry of the list; its offset is a zip64 field where it is beyond the limit. */
export function directoryEntry({ name, crc, plain, packed, offset }: Entry, limit: number): Buffer {
  const far = offset > limit;
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(far ? VERSION_64 : VERSION, 4);
  entry.writeUInt16LE(far ? VERSION_64 : VERSION, 6);
  entry.writeUInt16LE(FLAGS, 8);
  entry.writeUInt16LE(DEFLATED, 10);
  entry.writeUInt16LE(DOS_DATE, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(packed, 20);
  entry.writeUInt32LE(plain, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(far ? EXTRA : 0, 30);
  entry.writeUInt32LE(far ? SEE_ZIP64 : offset, 42);
  return far ? Buffer.concat([entry, name, place(offset)]) : Buffer.concat([entry, name]);
}

/** The end of an archive whose list of entries begins at `offset`. */
export function endOf(count: number, length: number, offset: number, limit: number): Buffer {
  const far = offset > limit;
  const end = Buffer.alloc(END);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(far ? SEE_ZIP64 : offset, 16);
  return far ? Buffer.concat([end64(count, length, offset), locator(offset + length), end]) : end;
}

function place(offset: number): Buffer {
  const extra = Buffer.alloc(EXTRA);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(EXTRA - 4, 2);
  extra.writeBigUInt64LE(BigInt(offset), 4);
  return extra;
}

function end64(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(END_64);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(BigInt(END_64 - 12), 4);
  end.writeUInt16LE(VERSION_64, 12);
  end.writeUInt16LE(VERSION_64, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  return end;
}

/** Where the end in the way of zip64 is. */
function locator(offset: number): Buffer {
  const found = Buffer.alloc(LOCATOR);
  found.writeUInt32LE(0x07064b50, 0);
  found.writeBigUInt64LE(BigInt(offset), 8);
  found.writeUInt32LE(1, 16);
  return found;
}
