/** A file as it is stored. */
export interface StoredFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** A file that can be read, from anywhere in it. */
export interface OpenFile extends StoredFile {
  /** Bytes `from` to `to` (both included); the whole file is compared with its digest before its last piece is out. */
  read(from?: number, to?: number): AsyncGenerator<Uint8Array>;
}

/** Files that every replica reaches, for 25 hours. No file is ever in memory as a whole. */
export abstract class FileStore {
  /**
   * Writes a file, no faster than the store takes it; it is there when this resolves, and not at all before.
   * @throws Error when the store does not take it; nothing is left behind then but what ends with its age
   */
  abstract write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile>;

  /** @throws Refusal `not_found` when there is no such file (any more), `service_unavailable` while the store is unavailable */
  abstract open(name: string): Promise<OpenFile>;

  /** @throws Refusal as `open` */
  abstract remove(name: string): Promise<void>;

  /** Removes what is past its age, where the store does not do so itself; now and then. @throws Refusal as `open` */
  abstract tidy(): Promise<void>;
}

/** Hours that a file is kept: one longer than promised, so that none ends while it is being read. */
export const HOURS_KEPT = 25;
