import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { Coding } from './codings';

// The middle of both scales: beyond it, time grows faster than what is saved.
const GZIP = { level: 5 };
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};

const zipped = promisify<Uint8Array, typeof GZIP, Buffer>(gzip);
const brotlied = promisify<Uint8Array, typeof BROTLI, Buffer>(brotliCompress);

/** The bytes in a coding, made beside the event loop. */
export const compress = (bytes: Uint8Array, coding: Coding): Promise<Buffer> =>
  coding === 'br' ? brotlied(bytes, BROTLI) : zipped(bytes, GZIP);

/** A stream in a coding. Either end that breaks breaks the other: half an answer never looks whole. */
export function compressed(body: Readable, coding: Coding): Readable {
  const through = coding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP);
  pipeline(body, through, () => undefined);
  return through;
}
