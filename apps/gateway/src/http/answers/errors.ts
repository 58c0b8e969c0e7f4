import type { Socket } from 'node:net';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import { CATALOGUE, type ErrorCode, type Identity, Refusal, type RefusalKind } from '@open-cpo/contracts';
import { Log, type SecurityEventKind, SecurityEvents } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../../config';
import { answerEarly, isAnswered, isBodyPending } from '../body/pending-body';
import { languageOf } from '../negotiation';
import { declaredRoutes, isSafe, pathOf, type Route } from '../route';
import { A0, answerTo, type ErrorFormat } from './refusals';
import { isV3, JSON_TYPE } from './success';

const SECURITY_EVENTS: Partial<Record<RefusalKind, SecurityEventKind>> = {
  unauthenticated: 'authorization_refused',
  forbidden: 'authorization_refused',
  'too-many': 'limit_reached',
};

/** Identities of requests, where they are known before the request is refused. */
const identities = new WeakMap<FastifyRequest, Identity>();

/** Notes the sender of a request, for the security event if it is refused. */
export const identify = (request: FastifyRequest, identity: Identity): unknown => identities.set(request, identity);

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'malformed_request',
  404: 'route_not_found',
  413: 'payload_too_large',
  414: 'malformed_request',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'malformed_request',
  503: 'service_unavailable',
};

/** Sends all error responses, and records them; as Nest's exception filter also those outside of any route. */
@Catch()
@Injectable()
export class ErrorResponder implements ExceptionFilter {
  constructor(
    private readonly config: GatewayConfig,
    private readonly log: Log,
    private readonly events: SecurityEvents,
  ) {}

  /** Sends an error in the documented form; any error but a refusal is an internal one, whose cause is only logged. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply, format?: ErrorFormat): void {
    // A part of a response has been sent: only a broken connection can still say that it is incomplete.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    const refusal = error instanceof Refusal ? error : new Refusal('internal', { cause: error });
    if (refusal.kind === 'internal') this.log.error('Request failed', { requestId: request.id, error });
    this.record(refusal, request);
    const at = {
      v3: isV3(request.url),
      host: request.hostname.replace(/:\d+$/, ''),
      unauthenticatedStatus: this.config.unauthenticatedStatus,
      language: languageOf(request.headers['accept-language']),
    };
    const { status, body } = answerTo(refusal, at, format);
    if (refusal.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
    if (refusal.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(refusal.retryAfter)));
    reply.header('x-error-code', refusal.code).header('content-type', JSON_TYPE).status(status);
    const text = JSON.stringify(body);
    if (isBodyPending(request)) return answerEarly(request, reply, text);
    void reply.send(text);
  }

  /** Refuses a request without a route: there is no such path (404), or it does not answer to the method (405). */
  sendUnrouted(request: FastifyRequest, reply: FastifyReply): void {
    const allowed = allowedMethods(declaredRoutes(), request.url);
    if (allowed.length === 0) return this.send(new Refusal('route_not_found'), request, reply);
    reply.header('allow', allowed.join(', '));
    this.send(new Refusal('method_not_allowed'), request, reply);
  }

  /** An error outside of any route: an unknown path, a wrong method, an unreadable body. */
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const refusal = refusalOf(error);
    if (refusal?.code === 'route_not_found') return this.sendUnrouted(request, reply);
    this.send(refusal ?? error, request, reply);
  }

  /** Records 401, 403 and 429 as security events: reason and route pattern, nothing that the client wrote. */
  private record({ kind, code }: Refusal, request: FastifyRequest): void {
    const event = SECURITY_EVENTS[kind];
    if (!event) return;
    const { id: requestId, ip: address, method, routeOptions } = request;
    const { userId, accountId } = identities.get(request) ?? {};
    const detail = `${code} ${method} ${routeOptions?.url ?? 'no route'}`;
    this.events.record(event, { userId, accountId, address, requestId, detail });
  }
}

/** Refuses a request that the router cannot read: there is no route, and no hook has run. */
export function refuseUnroutable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  request.server.pipeline.errors.send(refusalOf(error) ?? error, request, reply);
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  const code = BY_STATUS[status ?? 500] ?? (status && status < 500 ? 'malformed_request' : undefined);
  return code && new Refusal(code, { cause: error });
}

/** A longer path leads to no route; it is not split. */
const LONGEST_PATH = 1000;

const matches = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.length === given.length &&
  wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]));

/** The methods that a path answers to; none when there is no such path. */
export function allowedMethods(routes: readonly Route[], url: string): string[] {
  const path = (url.split('?', 1)[0] ?? '').replace(/(.)\/$/, '$1');
  if (path.length > LONGEST_PATH) return [];
  const given = path.split('/');
  const found = routes.filter((route) => matches(pathOf(route).split('/'), given));
  const methods = found.map(({ method }) => method as string);
  // A literal path is meant rather than one with a parameter.
  const reads = found.filter(({ method }) => method === 'GET');
  const meant = reads.find((route) => pathOf(route) === path) ?? reads[0];
  if (meant && isSafe(meant)) methods.push('HEAD');
  return [...new Set(methods)].sort();
}

const REASONS = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' } as const;

const UNREADABLE_STATUS: Record<string, keyof typeof REASONS> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Refuses bytes that are no HTTP request, or too long or slow for one, in the documented form: there is no request yet. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable && !isAnswered(socket)) {
    const code: ErrorCode = 'malformed_request';
    const { text, arabic } = CATALOGUE[code];
    const body = JSON.stringify(A0(text, arabic));
    const status = UNREADABLE_STATUS[error.code ?? ''] ?? 400;
    const head = [
      `HTTP/1.1 ${status} ${REASONS[status]}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Content-Type: ${JSON_TYPE}`,
      `X-Error-Code: ${code}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
