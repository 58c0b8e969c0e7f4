import { Injectable } from '@nestjs/common';
import type { Identity, Refusal, RefusalKind } from '@open-cpo/contracts';
import { type SecurityEventKind, SecurityEvents } from '@open-cpo/platform';
import type { FastifyRequest } from 'fastify';

const KINDS: Partial<Record<RefusalKind, SecurityEventKind>> = {
  unauthenticated: 'authorization_refused',
  forbidden: 'authorization_refused',
  'too-many': 'limit_reached',
};

/** Who sent a request, where that is known before it is refused. */
const identities = new WeakMap<FastifyRequest, Identity>();

export const identify = (request: FastifyRequest, identity: Identity): unknown => identities.set(request, identity);

/** Security events of requests that are refused for want of a right (401, 403), or beyond a limit (429). */
@Injectable()
export class RefusalLog {
  constructor(private readonly events: SecurityEvents) {}

  /** The detail is the reason and the route's pattern: no path, no query, nothing that the client wrote. */
  record({ kind, code }: Refusal, request: FastifyRequest): void {
    const event = KINDS[kind];
    if (!event) return;
    const { id: requestId, ip: address, method, routeOptions } = request;
    const { userId, accountId } = identities.get(request) ?? {};
    const detail = `${code} ${method} ${routeOptions?.url ?? 'no route'}`;
    this.events.record(event, { userId, accountId, address, requestId, detail });
  }
}
