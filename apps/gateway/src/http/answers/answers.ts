import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Reply } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../../config';
import { A, Answered, bare, type Envelope, isV3, JSON_TYPE, OwnAnswer, V, wrap } from './success';
import { type CachedResponse, MAX_RESPONSE_BYTES, type CacheSlot } from '../caching/answer-cache';
import { isConditional, type Tagged, tagged, tagOf } from '../caching/etag';
import { isUnstorable, type Route } from '../route';
import { Rows } from '../rows';
import { sendBytes, type Sending, sendStream, sendTagged } from './send';

const NO_BYTES = new Uint8Array(0);

/** A request and the reply to it. */
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The result of a route; it is cached where it has a slot. */
interface Outcome extends Exchange {
  readonly route: Route;
  readonly result: unknown;
  readonly slot?: CacheSlot;
}

/** Gives a response an ETag, and may keep it in the cache. */
type Keep = (body: Buffer, headers: Readonly<Record<string, string>>) => Tagged;

/** Puts the results of routes into their envelopes and sends them: new, from the cache, or as 304. */
@Injectable()
export class Answers {
  constructor(
    private readonly config: GatewayConfig,
    private readonly log: Log,
  ) {}

  /** Sends a cached response. */
  sendCached(cached: CachedResponse, { request, reply }: Exchange): Promise<void> {
    reply.status(200);
    return sendTagged(cached, this.sending({ request, reply }));
  }

  async send({ route, result, slot, request, reply }: Outcome): Promise<void> {
    const [value, envelope] = enveloped(route, result, request);
    if (isReply(value) && value.replayed) reply.header('idempotent-replayed', 'true');
    if (isUnstorable(route)) reply.header('cache-control', 'no-store');
    reply.status(envelope.status);
    if (envelope.letter === 'Z') return void reply.send();
    const to = this.sending({ request, reply });
    const keep = keeperOf(route, envelope, slot);
    if (value instanceof Rows) return this.stream(value, envelope, keep, to);
    return this.whole(wrap(envelope, bytesOf(value)), envelope, keep, to);
  }

  /** The `ETag` of a read's result; none where the response is too long for one. */
  async tagOf(route: Route, result: unknown, request: FastifyRequest): Promise<string | undefined> {
    if (result instanceof OwnAnswer) return undefined;
    const [value, envelope] = enveloped(route, result, request);
    if (!(value instanceof Rows)) return shortTag(wrap(envelope, bytesOf(value)));
    const { taken, rest } = await opened(value.json(envelope.open, envelope.close), MAX_RESPONSE_BYTES);
    await rest?.return();
    return rest ? undefined : shortTag(Buffer.concat(taken));
  }

  private whole(body: Uint8Array, envelope: Envelope, keep: Keep | undefined, to: Sending): Promise<void> {
    // A longer one is worth neither the time to make an ETag nor the memory.
    if (keep && body.length <= MAX_RESPONSE_BYTES) return sendTagged(keep(asBuffer(body), headersOf(envelope)), to);
    to.reply.headers(headersOf(envelope));
    return sendBytes(body, to);
  }

  /**
   * The status is sent with the first row, or where the response may have an ETag, once it is too long for one. A later
   * error breaks the connection: an incomplete response never looks complete.
   */
  private async stream(rows: Rows, envelope: Envelope, keep: Keep | undefined, to: Sending): Promise<void> {
    const { request, reply } = to;
    const { taken, rest } = await opened(rows.json(envelope.open, envelope.close), keep ? MAX_RESPONSE_BYTES : 0);
    if (!rest) return this.whole(Buffer.concat(taken), envelope, keep, to);
    reply.headers(headersOf(envelope));
    if (request.method === 'HEAD') {
      await rest.return();
      return void reply.send();
    }
    const body = Readable.from(whole(taken, rest), { objectMode: false, highWaterMark: 256 * 1024 });
    body.on('error', (error) => this.log.warn('A streamed answer broke', { requestId: request.id, error }));
    sendStream(body, to);
  }

  private sending({ request, reply }: Exchange): Sending {
    return { request, reply, compressFrom: this.config.compressFrom };
  }
}

/** The parts that were read already and the rest; a reader that stops ends the rest, too. */
async function* whole(
  taken: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* taken;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/** Nothing where a client has no use for an ETag. */
function keeperOf(route: Route, envelope: Envelope, slot: CacheSlot | undefined): Keep | undefined {
  if (slot) return (body, headers) => slot.store(body, headers);
  return isConditional(route) && envelope.status === 200 ? tagged : undefined;
}

const enveloped = (route: Route, result: unknown, request: FastifyRequest): [unknown, Envelope] =>
  result instanceof Answered ? [result.value, result.envelope] : [result, envelopeOf(route, request)];

const bytesOf = (value: unknown): Uint8Array =>
  isReply(value) ? value.bytes : value === undefined ? NO_BYTES : Buffer.from(JSON.stringify(value));

const shortTag = (body: Uint8Array): string | undefined => (body.length > MAX_RESPONSE_BYTES ? undefined : tagOf(body));

const headersOf = ({ headers }: Envelope): Record<string, string> => ({ 'content-type': JSON_TYPE, ...headers });

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && 'bytes' in value && 'replayed' in value;

const BARE = bare();
const V_DONE = V();
function envelopeOf(route: Route, request: FastifyRequest): Envelope {
  if (route.envelope) return route.envelope;
  if (isV3(request.url)) return V_DONE;
  return route.calls.answer.form === 'nothing' ? BARE : A;
}

interface Opened {
  /** Parts that have been read already. */
  readonly taken: readonly Uint8Array[];
  /** The rest; absent when that was all. */
  readonly rest?: AsyncGenerator<Uint8Array, void>;
}

/**
 * Reads the beginning of a response: its opening and its first part, so that an immediate failure still gets a status,
 * and further parts while they are at most `most` bytes together.
 */
async function opened(parts: AsyncGenerator<Uint8Array, void>, most: number): Promise<Opened> {
  const taken: Uint8Array[] = [];
  let bytes = 0;
  while (taken.length < 2 || bytes <= most) {
    const part = await parts.next();
    if (part.done) return { taken };
    taken.push(part.value);
    bytes += part.value.length;
  }
  return { taken, rest: parts };
}
