import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from '@open-cpo/platform';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '@open-cpo/contracts';
import type { GatewayConfig } from '../../config';
import { isUnreadable } from '../body/form';
import { refuseUnroutable } from '../answers/errors';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** nginx's status for clients that closed the connection before the response. */
const CLIENT_CLOSED_REQUEST = 499;
/** Classes of statuses, known from the start: of a series that begins with an error Prometheus sees no increase. */
const CLASSES = ['2xx', '3xx', '4xx', '5xx'];

/** Event of a response that has no end. */
export const ENDLESS = Symbol('open-cpo:endless-response');

/** Marks a response that has no end, such as a feed: it counts as sent, and not as in flight for as long as it lasts. */
export const markEndless = (raw: ServerResponse): void => void raw.emit(ENDLESS);

/**
 * Measures every request by its route's pattern, from its arrival until the last byte of the response is sent. Requests
 * without a route are one series, whatever their path.
 */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const labels = ['method', 'route', 'status'] as const;
  const durations = metrics.durations('open_cpo_http_request_duration_seconds', 'Time to the last byte.', labels);
  const responses = metrics.counter('open_cpo_http_responses_total', 'Answers by the class of their status.', [
    'class',
  ]);
  CLASSES.forEach((name) => responses.inc({ class: name }, 0));
  const refusals = metrics.counter('open_cpo_http_refusals_total', 'Refusals by their code.', ['code']);
  let open = 0;
  metrics.read({
    gauges: { open_cpo_http_requests_in_flight: 'Requests that are not answered yet.' },
    read: () => [{ values: { open_cpo_http_requests_in_flight: open } }],
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = reply;
    const begun = performance.now();
    open += 1;
    const answered = (): void => {
      raw.off('close', answered).off(ENDLESS, answered);
      open -= 1;
      const method = METHODS.has(request.method) ? request.method : 'other';
      const route = request.routeOptions.url ?? 'none';
      const status = String(raw.destroyed && !raw.writableFinished ? CLIENT_CLOSED_REQUEST : raw.statusCode);
      durations.observe({ method, route, status }, (performance.now() - begun) / 1000);
      responses.inc({ class: `${status[0]}xx` });
      const code = reply.getHeader('x-error-code');
      if (typeof code === 'string') refusals.inc({ code });
    };
    raw.once('close', answered).once(ENDLESS, answered);
    done();
  });
}

/** Milliseconds between two checks. */
const CHECK_INTERVAL_MS = 1000;
/** Milliseconds that a client may keep a response waiting, whatever its rate. */
const GRACE_MS = 15_000;
/** Minimum rate of a client in bytes a millisecond, over the whole response: 32 kB/s. */
const MIN_RATE = 32;

interface Sending {
  /** Bytes that the connection had carried before. */
  readonly before: number;
  /** Milliseconds for which there was something to send that the client did not take. */
  waitedMs: number;
}

/**
 * Ends responses whose client reads slower than the minimum rate: they hold memory, and the concurrency limit of their
 * account. A connection that carries nothing at all is ended by `connectionTimeout`, see `serve.ts`.
 */
export function endSlowReaders(fastify: FastifyInstance, metrics: Metrics): void {
  const open = new Map<ServerResponse, Sending>();
  const ended = metrics.counter('open_cpo_http_slow_readers_total', 'Answers ended because their reader was too slow.');
  const timer = setInterval(() => {
    for (const [response, sending] of open) {
      if (!isTooSlow(response, sending)) continue;
      ended.inc();
      response.destroy();
    }
  }, CHECK_INTERVAL_MS).unref();
  fastify.addHook('onRequest', (_, { raw }, done) => {
    open.set(raw, { before: raw.socket?.bytesWritten ?? 0, waitedMs: 0 });
    raw.once('close', () => open.delete(raw));
    done();
  });
  fastify.addHook('onClose', (_, done) => {
    clearInterval(timer);
    done();
  });
}

function isTooSlow({ socket }: ServerResponse, sending: Sending): boolean {
  if (!socket || socket.writableLength === 0) return false;
  sending.waitedMs += CHECK_INTERVAL_MS;
  return sending.waitedMs > GRACE_MS + (socket.bytesWritten - sending.before) / MIN_RATE;
}

const YEAR_S = 365 * 24 * 60 * 60;

/** Answers of the API are data: they are never guessed to be anything else, framed, or stored by others. */
const API = { 'cache-control': 'no-cache, private', vary: 'Origin', 'x-frame-options': 'DENY' };
/** Pictures are shown on pages of every origin. */
const OPEN = { 'cross-origin-resource-policy': 'cross-origin' };

/** Headers of every answer; those that protect pages are the pages' own (see `static.ts`). */
export function writeHeaders(fastify: FastifyInstance, config: GatewayConfig): void {
  const always: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    ...(config.baseUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${YEAR_S}` } : {}),
  };
  const api = { ...always, ...API };
  const open = { ...always, ...OPEN };
  fastify.addHook('onRequest', (request, reply, done) => {
    const { id, url, raw, query } = request;
    reply.header('x-request-id', id).headers(url.startsWith('/api') ? api : open);
    if (isHttp(raw) && !isUnreadable(query)) return done();
    if (!isHttp(raw)) reply.header('connection', 'close');
    // The documents and pictures have no error handler of ours.
    refuseUnroutable(new Refusal('malformed_request'), request, reply);
  });
}

/** Node reads a request line without a version as HTTP/0.9; since 1.1 a request names its host. */
const isHttp = ({ httpVersionMajor, httpVersionMinor, headers }: IncomingMessage): boolean =>
  httpVersionMajor === 1 && (httpVersionMinor === 0 || headers.host !== undefined);
