import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { names } from '../caching/etag';
import type { Tagged } from '../caching/kept';
import { type Coding, codingFor } from './codings';
import { compress, compressed } from './compress';

/** One answer on its way: to whom, and from how many bytes on it is compressed (0: never). */
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

/** Sends what has no length yet. */
export function sendStream(body: Readable, sending: Sending): void {
  const coding = codingOf(Infinity, sending);
  sending.reply.send(coding ? coded(compressed(body, coding), coding, sending) : body);
}

/** Sends an answer that has a name, or word that the client has it already. */
export async function sendTagged(answer: Tagged, sending: Sending): Promise<void> {
  const { request, reply } = sending;
  reply.header('etag', answer.tag);
  if (answer.headers.vary) reply.header('vary', answer.headers.vary);
  if (names(request.headers['if-none-match'], answer.tag)) {
    varying(sending);
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
 * Reads alone are compressed: answers to writes may hold a token, and the length of what is compressed together with
 * something that a stranger chose reveals it.
 */
function codingOf(length: number, sending: Sending): Coding | undefined {
  const { request, compressFrom } = sending;
  if (compressFrom === 0 || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
  varying(sending);
  return length >= compressFrom && request.method === 'GET' ? codingFor(request.headers['accept-encoding']) : undefined;
}

function varying({ reply, compressFrom }: Sending): void {
  if (compressFrom === 0) return;
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
}

function coded<T>(body: T, coding: Coding, { reply }: Sending): T {
  reply.header('content-encoding', coding);
  return body;
}
