import type { StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { HOURS_KEPT } from './file-store';

/** An object store of the broker: a stream of its own. */
export interface Bucket {
  readonly name: string;
  readonly lifeMs: number;
  /** Bytes of all files together. */
  readonly maxBytes?: number;
}

/** Bytes of every piece of a file but the last: a range begins in a piece that can be computed. */
export const PIECE = 256 * 1024;

const HOUR = 60 * 60 * 1000;
/** One for all exports; their names differ. */
export const EXPORTS: Bucket = { name: 'exports', lifeMs: HOURS_KEPT * HOUR };
/** What a service takes within minutes; there is room for all accounts together. */
export const UPLOADS: Bucket = { name: 'UPLOADS', lifeMs: HOUR / 6, maxBytes: 1024 * 1024 * 1024 };

export const streamOf = ({ name }: Bucket): string => `OBJ_${name}`;
export const pieceSubject = (bucket: Bucket, nuid: string): string => `$O.${bucket.name}.C.${nuid}`;

const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

export const metaSubject = (bucket: Bucket, name: string): string =>
  `$O.${bucket.name}.M.${base64url(Buffer.from(name))}`;

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
export const streamConfig = (bucket: Bucket) =>
  ({
    name: streamOf(bucket),
    subjects: [`$O.${bucket.name}.C.>`, `$O.${bucket.name}.M.>`],
    max_age: nanos(bucket.lifeMs),
    allow_direct: true,
    allow_rollup_hdrs: true,
    discard: 'new',
    ...(bucket.maxBytes === undefined ? {} : { max_bytes: bucket.maxBytes }),
  }) as Partial<StreamConfig> & { name: string };

/** What the setup of the broker makes for files. */
export const buckets = [EXPORTS, UPLOADS].map(streamConfig);
