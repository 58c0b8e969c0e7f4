import { Injectable } from '@nestjs/common';
import { type Caller, type Identity, may, Refusal } from '@open-cpo/contracts';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../../config';
import type { Route } from '../route';
import { traceparentOf } from '../traced';
import { ApiKeys } from './api-keys';
import { languageOf } from './language';
import { Revocations } from './revocations';
import { Snapshots } from './snapshots';
import { Tokens } from './tokens';

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** What the edge knows once a request is let in. */
export interface Admitted {
  readonly caller: Caller;
  /** It carries a valid API key. */
  readonly integration: boolean;
  /** The token is past half of its life. */
  readonly refreshDue: boolean;
}

/** Says who asks and whether they may, before anything is forwarded. */
@Injectable()
export class Authorizer {
  constructor(
    private readonly tokens: Tokens,
    private readonly snapshots: Snapshots,
    private readonly revocations: Revocations,
    private readonly apiKeys: ApiKeys,
    private readonly config: GatewayConfig,
  ) {}

  /** @throws Refusal `unauthenticated`, `api_key_invalid`, `forbidden`, or `malformed_request` for a bad header. */
  async admit(request: FastifyRequest, route: Pick<Route, 'can' | 'method'>): Promise<Admitted> {
    const stranger = this.stranger(request, route);
    const keyAccount = await this.apiKeys.accountOf(request.headers['api-key'], stranger);
    const integration = keyAccount !== undefined;
    if (route.can === 'public') return { caller: stranger, integration, refreshDue: false };
    const { identity, refreshDue } = await this.identify(request.headers.authorization, stranger);
    if (integration && keyAccount !== identity.accountId) throw new Refusal('api_key_invalid');
    if (route.can !== 'token' && !may(identity.role, route.can)) throw new Refusal('forbidden');
    return { caller: { ...stranger, identity }, integration, refreshDue };
  }

  private async identify(
    authorization: string | undefined,
    caller: Caller,
  ): Promise<{ identity: Identity; refreshDue: boolean }> {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new Refusal('unauthenticated');
    const { claims } = await this.tokens.verified(token, caller);
    this.revocations.refuseEnded(claims);
    const snapshot = await this.snapshots.of(claims.data.user_id, caller);
    if (!snapshot.active) throw new Refusal('unauthenticated');
    const { userId, accountId, role, currency, timeZone } = snapshot;
    const identity = { userId, accountId, role, currency, timeZone, sessionId: claims.jti, expiresAt: claims.exp };
    return { identity, refreshDue: Date.now() / 1000 > (claims.iat + claims.exp) / 2 };
  }

  private stranger(request: FastifyRequest, { method }: Pick<Route, 'method'>): Caller {
    const { id, headers, ip } = request;
    const traceparent = traceparentOf(request);
    const key = headers['idempotency-key'];
    if (key !== undefined && (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)))
      throw new Refusal('malformed_request');
    return {
      requestId: id,
      deadline: Date.now() + this.config.requestDeadline,
      language: languageOf(headers['accept-language']),
      ip,
      ...(traceparent ? { traceparent } : {}),
      ...(key !== undefined && method !== 'GET' ? { idempotencyKey: key } : {}),
    };
  }
}
