import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagMatches, type Tagged } from '../caching/etag';
import { type Coding, codingFor } from '../negotiation';

/** A request, its reply, and the bytes from which on the response is compressed (0: never). */
export interface Sending {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly compressFrom: number;
}

/** Sends JSON, compressed where the client takes it and it is worth it. */
export async function sendBytes(bytes: Uint8Array, sending: Sending): Promise<void> {
  const coding = codingOf(bytes.length, sending);
  sending.reply.send(coding ? coded(await compress(bytes, coding), coding, sending) : bytes);
}

/** Sends a stream, whose length is unknown. */
export function sendStream(body: Readable, sending: Sending): void {
  const coding = codingOf(Infinity, sending);
  sending.reply.send(coding ? coded(compressed(body, coding), coding, sending) : body);
}

/** Sends a response with an ETag, or 304 when the client has it already. */
export async function sendTagged(answer: Tagged, sending: Sending): Promise<void> {
  const { request, reply } = sending;
  reply.header('etag', answer.tag);
  if (answer.headers.vary) reply.header('vary', answer.headers.vary);
  if (etagMatches(request.headers['if-none-match'], answer.tag)) {
    addVary(sending);
    return void reply.status(304).send();
  }
  reply.headers(answer.headers);
  const coding = codingOf(answer.body.length, sending);
  reply.send(coding ? coded(await madeIn(answer, coding), coding, sending) : answer.body);
}

function madeIn(answer: Tagged, coding: Coding): Promise<Buffer> {
  const made = answer.compressed.get(coding) ?? compress(answer.body, coding);
  answer.compressed.set(coding, made);
  return made;
}

/**
 * Only reads are compressed: responses to writes may hold a token, and the length of one that is compressed together with
 * text that an attacker chose reveals it (BREACH).
 */
function codingOf(length: number, sending: Sending): Coding | undefined {
  const { request, compressFrom } = sending;
  if (compressFrom === 0 || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
  addVary(sending);
  return length >= compressFrom && request.method === 'GET' ? codingFor(request.headers['accept-encoding']) : undefined;
}

function addVary({ reply, compressFrom }: Sending): void {
  if (compressFrom === 0) return;
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
}

function coded<T>(body: T, coding: Coding, { reply }: Sending): T {
  reply.header('content-encoding', coding);
  return body;
}

// The middle of both scales: beyond it, time grows faster than what is saved.
const GZIP = { level: 5 };
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};

const zipped = promisify<Uint8Array, typeof GZIP, Buffer>(gzip);
const brotlied = promisify<Uint8Array, typeof BROTLI, Buffer>(brotliCompress);

/** The bytes in a coding, made beside the event loop. */
const compress = (bytes: Uint8Array, coding: Coding): Promise<Buffer> =>
  coding === 'br' ? brotlied(bytes, BROTLI) : zipped(bytes, GZIP);

/** A stream in a coding. An error of either end ends the other: an incomplete response never looks complete. */
function compressed(body: Readable, coding: Coding): Readable {
  const through = coding === 'br' ? createBrotliCompress(BROTLI) : createGzip(GZIP);
  pipeline(body, through, () => undefined);
  return through;
}
