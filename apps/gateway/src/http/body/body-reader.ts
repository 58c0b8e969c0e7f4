import type { IncomingMessage } from 'node:http';
import { Refusal } from '@open-cpo/contracts';
import { type Metrics, rateLimitNetwork } from '@open-cpo/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnreadable } from '../answers/errors';
import type { HttpPipeline } from '../pipeline';
import { declaredRoutes, pathOf, type Route } from '../route';
import { BODY_PAIRS, parseForm } from './form';
import { parseJson } from './json';
import { announcesBody, discardUnread } from './pending-body';

/** Part of all bytes that one network may hold: slow senders leave room for others. */
const SHARE = 1 / 4;
const RETRY_AFTER_S = 2;

/** The bytes of one request's body. */
interface HeldBytes {
  /** @throws Refusal `service_unavailable` where there is no room for so many more */
  expect(bytes: number): void;
  /** @throws Refusal as `expect` */
  take(bytes: number): void;
  release(): void;
}

/** The bytes of request bodies that this process holds, all together and by network: a bulkhead for memory. */
class BytesInFlight {
  private readonly byNetwork = new Map<string, number>();
  private sum = 0;

  constructor(private readonly limit: number) {}

  /** Bytes held now. */
  get total(): number {
    return this.sum;
  }

  /** An account for the body of one request that comes from a network. */
  open(network: string): HeldBytes {
    let held = 0;
    const expect = (bytes: number): void => this.expect(network, bytes);
    const take = (bytes: number): void => {
      expect(bytes);
      held += bytes;
      this.add(network, bytes);
    };
    return { expect, take, release: () => this.add(network, -held) };
  }

  private expect(network: string, bytes: number): void {
    if (this.sum + bytes <= this.limit && this.of(network) + bytes <= this.limit * SHARE) return;
    throw new Refusal('service_unavailable', { retryAfter: RETRY_AFTER_S, cause: 'too many bytes in flight' });
  }

  private add(network: string, bytes: number): void {
    this.sum += bytes;
    const held = this.of(network) + bytes;
    if (held > 0) this.byNetwork.set(network, held);
    else this.byNetwork.delete(network);
  }

  private of(network: string): number {
    return this.byNetwork.get(network) ?? 0;
  }
}

/** Bytes of a JSON or form body. */
export const BODY_LIMIT = 1024 * 1024;
/** Milliseconds within which a JSON or form body arrives. */
export const BODY_TIMEOUT_MS = 10_000;

const LATE = Object.assign(new Error('The body is late.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

/**
 * Reads a body whole. A client that is too slow gets 408, and its connection ends.
 * @throws Refusal `payload_too_large`, `service_unavailable`, `malformed_request` when it breaks off
 */
function readBody(message: IncomingMessage, held: HeldBytes): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      clearTimeout(timer);
      message.off('data', take).off('end', whole).off('close', broken).pause();
      if (error !== undefined) return reject(error);
      resolve(Buffer.concat(parts, size));
    };
    const take = (part: Buffer): void => {
      try {
        if (size + part.length > BODY_LIMIT) throw new Refusal('payload_too_large');
        held.take(part.length);
        size += part.length;
        parts.push(part);
      } catch (error) {
        parts.length = 0;
        end(error as Error);
      }
    };
    const whole = (): void => end();
    const broken = (): void => end(new Refusal('malformed_request', { cause: 'the body broke off' }));
    const timer = setTimeout(() => answerUnreadable(LATE, message.socket), BODY_TIMEOUT_MS).unref();
    message.on('data', take).once('end', whole).once('close', broken).on('error', broken);
  });
}

const strict = new TextDecoder('utf-8', { fatal: true });
/** Bodies are taken as they are: a compressed one of a megabyte can be a gigabyte. */
const PLAIN_CODINGS = new Set([undefined, '', 'identity']);
const MULTIPART = /^multipart\/form-data(;|$)/i;

/**
 * Checks requests with a body before a byte of it is read: route, rate limits, authentication and authorization, announced
 * size, and memory. A body is not read for requests that are refused anyway.
 */
export class BodyReader {
  private readonly bytes: BytesInFlight;
  private readonly held = new WeakMap<object, HeldBytes>();
  private readonly routes = new Map<string, Route>();

  constructor(
    private readonly pipeline: HttpPipeline,
    limit: number,
    metrics: Metrics,
  ) {
    this.bytes = new BytesInFlight(limit);
    for (const route of declaredRoutes()) this.routes.set(`${route.method} ${pathOf(route)}`, route);
    metrics.read({
      gauges: { open_cpo_http_body_bytes_in_flight: 'Bytes of request bodies that are held.' },
      read: () => [{ values: { open_cpo_http_body_bytes_in_flight: this.bytes.total } }],
    });
  }

  /** Installs the check, and the parsers of JSON and form bodies; any other type is not supported. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (!announcesBody(request.headers)) return done();
      void this.admit(request, reply).then((admitted) => admitted && done());
    });
    fastify.removeAllContentTypeParsers();
    this.accept(fastify, /^application\/([\w.-]+\+)?json(;|$)/i, parseJson);
    this.accept(fastify, /^application\/x-www-form-urlencoded(;|$)/i, parseFormBody);
  }

  /** Reads bodies of a type. */
  accept(fastify: FastifyInstance, type: string | RegExp, parse: (bytes: Buffer) => unknown): void {
    fastify.addContentTypeParser(type, async ({ raw }: FastifyRequest) => {
      const held = this.held.get(raw);
      // Only checked requests have a body.
      return parse(held ? await readBody(raw, held) : Buffer.alloc(0));
    });
  }

  /** Whether a request continues; if not, its response has been sent. */
  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const { method, routeOptions, is404 } = request;
    if (is404) {
      this.pipeline.errors.sendUnrouted(request, reply);
      return false;
    }
    const route = this.routes.get(`${method} ${routeOptions.url}`);
    try {
      if (method === 'GET' || method === 'HEAD') {
        // Such a body is not read; the request is handled like one without.
        discardUnread(request, reply);
        return true;
      }
      if (route) await this.pipeline.admitEarly(route, request, reply);
      this.makeRoom(request, reply);
      return true;
    } catch (error) {
      this.pipeline.errors.send(error, request, reply, route?.refuse);
      return false;
    }
  }

  /** Files do not pass through memory as a whole; they have limits of their own. */
  private makeRoom({ raw, headers, ip }: FastifyRequest, reply: FastifyReply): void {
    if (!PLAIN_CODINGS.has(headers['content-encoding']?.trim().toLowerCase())) {
      reply.header('accept-encoding', 'identity');
      throw new Refusal('unsupported_media_type');
    }
    const held = this.bytes.open(rateLimitNetwork(ip));
    if (!MULTIPART.test(headers['content-type'] ?? '')) {
      const length = Number(headers['content-length'] ?? 0);
      if (length > BODY_LIMIT) throw new Refusal('payload_too_large');
      held.expect(length);
    }
    // All parsers but that of multipart uploads count their bytes here.
    this.held.set(raw, held);
    reply.raw.once('close', () => held.release());
  }
}

function parseFormBody(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : parseForm(strict.decode(bytes), BODY_PAIRS);
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}
