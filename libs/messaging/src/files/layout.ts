import { nanos, type StreamConfig } from 'nats';
import { HOURS_KEPT } from './file-store';

/** The bucket; one for all files, which are told apart by their names. */
export const BUCKET = 'exports';
export const STREAM = `OBJ_${BUCKET}`;
/** Bytes of every piece of a file but the last: a range begins in a piece that can be computed. */
export const PIECE = 256 * 1024;

const HOUR = 60 * 60 * 1000;
export const LIFE = nanos(HOURS_KEPT * HOUR);

export const pieceSubject = (nuid: string): string => `$O.${BUCKET}.C.${nuid}`;

const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

export const metaSubject = (name: string): string => `$O.${BUCKET}.M.${base64url(Buffer.from(name))}`;

export const digestOf = (sha256: Buffer): string => `SHA-256=${base64url(sha256)}`;

/** The digest of an entry as hexadecimal text. */
export const hexOf = ({ digest }: Pick<Entry, 'digest'>): string =>
  Buffer.from(digest.replace(/^SHA-256=/, ''), 'base64url').toString('hex');

/** How an object store's entry describes a file; other clients of NATS read the same. */
export interface Entry {
  readonly name: string;
  readonly bucket: string;
  readonly nuid: string;
  readonly size: number;
  readonly chunks: number;
  readonly digest: string;
  readonly mtime: string;
  readonly options: { readonly max_chunk_size: number };
  /** `pieces`: JSON list of the pieces' places in the stream. */
  readonly metadata: { readonly pieces: string };
}

/** The stream as object stores are laid out. */
export const streamConfig = {
  name: STREAM,
  subjects: [`$O.${BUCKET}.C.>`, `$O.${BUCKET}.M.>`],
  max_age: LIFE,
  allow_direct: true,
  allow_rollup_hdrs: true,
  discard: 'new',
} as Partial<StreamConfig> & { name: string };
