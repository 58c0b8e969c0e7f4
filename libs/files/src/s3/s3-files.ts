import { randomUUID } from 'node:crypto';
import { FileStore, type OpenFile, type StoredFile } from '../file-store';
import { readPieces } from '../pieces-reader';
import { S3Requests, type S3Settings } from './requests';
import { tidy } from './tidy';
import { upload } from './upload';

/** Bytes that are fetched at once. */
const PIECE = 1024 * 1024;

/** What is kept of a file beside its content. */
interface Entry {
  readonly key: string;
  readonly size: number;
  readonly digest: string;
}

/** The content lies under a name of its own; the entry, which is written last, makes it a file. */
const entryKey = (name: string): string => `files/${name}`;
const contentKey = (): string => `contents/${randomUUID()}`;

/** Files in a bucket of a store that speaks S3. */
export class S3Files extends FileStore {
  private readonly requests: S3Requests;
  private readonly encryption: Readonly<Record<string, string>>;

  constructor(settings: S3Settings) {
    super();
    this.requests = new S3Requests(settings);
    this.encryption = settings.encryption ?? {};
  }

  async write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    const key = contentKey();
    const { size, digest } = await upload(this.requests, key, bytes, this.encryption);
    const entry: Entry = { key, size, digest };
    const body = Buffer.from(JSON.stringify(entry));
    try {
      await this.requests.ask(entryKey(name), { method: 'PUT', headers: this.encryption, body });
    } catch (error) {
      await this.requests.ask(key, { method: 'DELETE' }).catch(() => undefined);
      throw error;
    }
    return { name, size, digest };
  }

  async open(name: string): Promise<OpenFile> {
    const { key, size, digest } = await this.entry(name);
    const fetch = async (index: number): Promise<Uint8Array> => {
      const range = `bytes=${index * PIECE}-${Math.min(size, (index + 1) * PIECE) - 1}`;
      return (await this.requests.ask(key, { headers: { range } })).bytes;
    };
    const read = (from = 0, to = size - 1): AsyncGenerator<Uint8Array> =>
      readPieces({ size, digest, pieceSize: PIECE, fetch }, from, to);
    return { name, size, digest, read };
  }

  /** The entry first, so that no reader finds a file without its content. */
  async remove(name: string): Promise<void> {
    const { key } = await this.entry(name);
    await this.requests.ask(entryKey(name), { method: 'DELETE' });
    await this.requests.ask(key, { method: 'DELETE' });
  }

  tidy(): Promise<void> {
    return tidy(this.requests);
  }

  private async entry(name: string): Promise<Entry> {
    return JSON.parse((await this.requests.ask(entryKey(name))).bytes.toString()) as Entry;
  }
}
