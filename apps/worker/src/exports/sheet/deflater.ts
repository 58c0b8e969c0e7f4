import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

/**
 * Compresses outside of the event loop, one chunk at a time: while one is compressed the next one can be made. Level 3
 * takes half the time of the default and makes files of these a tenth larger.
 */
export class Deflater {
  crc = 0;
  plain = 0;
  packed = 0;
  private out: Buffer[] = [];
  private failure?: Error;
  private underWay: Promise<void> = Promise.resolve();
  private readonly stream: DeflateRaw = createDeflateRaw({ level: 3, chunkSize: 64 * 1024 });

  constructor() {
    this.stream.on('data', (bytes: Buffer) => this.out.push(bytes));
    this.stream.on('error', (error) => (this.failure = error));
  }

  /** Takes a chunk once the one before it is compressed. Answers what is ready by then. */
  async write(bytes: Uint8Array): Promise<Buffer[]> {
    await this.underWay;
    if (this.failure) throw this.failure;
    this.crc = crc32(bytes, this.crc);
    this.plain += bytes.length;
    this.underWay = new Promise((resolve) => this.stream.write(bytes, () => resolve()));
    return this.taken();
  }

  /** The rest. */
  async end(): Promise<Buffer[]> {
    await this.underWay;
    await new Promise<void>((resolve, reject) => {
      this.stream.once('end', resolve).once('error', reject);
      this.stream.end();
    });
    return this.taken();
  }

  /** Lets go of it, at any time. */
  destroy(): void {
    this.stream.destroy();
  }

  private taken(): Buffer[] {
    const ready = this.out;
    this.out = [];
    for (const { length } of ready) this.packed += length;
    return ready;
  }
}
