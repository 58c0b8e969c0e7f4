import { Refusal } from '@open-cpo/contracts';
import { type Metrics, rateLimitNetwork } from '@open-cpo/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GuardedPipeline } from '../overload/guarded-pipeline';
import { declaredRoutes, type Route } from '../route';
import { pathOf } from '../server/allowed-methods';
import { refuseUnrouted } from '../server/errors';
import { BytesInFlight, type HeldBytes } from './bytes-in-flight';
import { BODY_PAIRS, parseForm } from './form';
import { parseJson } from './json';
import { announcesBody, discardUnread } from './pending-body';
import { BODY_LIMIT, readBody } from './read-body';

const strict = new TextDecoder('utf-8', { fatal: true });
/** Bodies are taken as they are: a compressed one of a megabyte can be a gigabyte. */
const PLAIN_CODINGS = new Set([undefined, '', 'identity']);
const MULTIPART = /^multipart\/form-data(;|$)/i;

/**
 * Judges requests that bring a body before a byte of it is read: the route, the limits, who asks and whether they may, the
 * announced size, and the room for it. A body is not read for requests that are refused anyway.
 */
export class BodyReader {
  private readonly bytes: BytesInFlight;
  private readonly held = new WeakMap<object, HeldBytes>();
  private readonly routes = new Map<string, Route>();

  constructor(
    private readonly pipeline: GuardedPipeline,
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

  /** Has all requests judged, and JSON and form bodies read; any other type is not supported. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (!announcesBody(request.headers)) return done();
      void this.judge(request, reply).then((admitted) => admitted && done());
    });
    fastify.removeAllContentTypeParsers();
    this.accept(fastify, /^application\/([\w.-]+\+)?json(;|$)/i, parseJson);
    this.accept(fastify, /^application\/x-www-form-urlencoded(;|$)/i, parseFormBody);
  }

  /** Reads bodies of a type. */
  accept(fastify: FastifyInstance, type: string | RegExp, parse: (bytes: Buffer) => unknown): void {
    fastify.addContentTypeParser(type, async ({ raw }: FastifyRequest) => {
      const held = this.held.get(raw);
      // Judged requests alone have a body; without one there is nothing to hold.
      return parse(held ? await readBody(raw, held) : Buffer.alloc(0));
    });
  }

  /** Whether a request goes on; if not, it has been answered. */
  private async judge(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const { method, routeOptions, is404 } = request;
    if (is404) {
      refuseUnrouted(request, reply, this.pipeline);
      return false;
    }
    const route = this.routes.get(`${method} ${routeOptions.url}`);
    try {
      if (method === 'GET' || method === 'HEAD') {
        // Nobody reads such a body; the request is judged like one without.
        discardUnread(request, reply);
        return true;
      }
      if (route) await this.pipeline.judge(route, request, reply);
      this.makeRoom(request, reply);
      return true;
    } catch (error) {
      this.pipeline.refuse(error, request, reply, route?.refuse);
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
    // Whatever reads it, multipart of an upload apart, takes its bytes from here.
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
