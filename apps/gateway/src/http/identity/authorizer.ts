import { Injectable } from '@nestjs/common';
import {
  type ApiKeyOwner,
  type Caller,
  feed,
  type Identity,
  inScope,
  may,
  ownerOf,
  Refusal,
  type TicketHolder,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../../config';
import { identify } from '../answers/errors';
import { Limits } from '../limits/limits';
import { languageOf } from '../negotiation';
import type { Route } from '../route';
import { ApiKeys } from './api-keys';
import { Revocations } from './revocations';
import { SessionUse } from './session-use';
import { Snapshots } from './snapshots';
import { CLOCK_TOLERANCE_S, Tokens } from './tokens';

const NOT_PRINTABLE = /[^\x20-\x7e]/g;
const USER_AGENT_LENGTH = 256;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** The credential of a request: the session of its token, or an API key in place of one. */
export type Credential = { readonly session: TicketHolder } | { readonly apiKey: string };

/** What a route accepts that others refuse. */
type Openness = Pick<Route, 'acceptsEndedTokens' | 'withoutSecondFactor'>;

/** What is known of a request once it is admitted. */
export interface Admitted {
  readonly caller: Caller;
  /** It carries a valid API key. */
  readonly integration: boolean;
  /** The token is past half of its life. */
  readonly refreshDue: boolean;
  /** The credential; absent where none is asked for. */
  readonly credential?: Credential;
}

/** Authentication and authorization, before anything is forwarded. */
@Injectable()
export class Authorizer {
  constructor(
    private readonly tokens: Tokens,
    private readonly snapshots: Snapshots,
    private readonly revocations: Revocations,
    private readonly apiKeys: ApiKeys,
    private readonly sessionUse: SessionUse,
    private readonly limits: Limits,
    private readonly bus: Bus,
    private readonly config: GatewayConfig,
  ) {}

  /** @throws Refusal `unauthenticated`, `api_key_invalid`, `forbidden`, or `malformed_request` for a bad header. */
  async admit(
    request: FastifyRequest,
    route: Pick<Route, 'can' | 'method' | 'alternativeAuth' | 'acceptsEndedTokens' | 'withoutSecondFactor'>,
  ): Promise<Admitted> {
    const anonymous = this.anonymousCaller(request, route);
    const key = await this.apiKeys.ownerOf(request.headers['api-key'], anonymous);
    const integration = key !== undefined;
    const anonymousCaller: Caller = integration ? { ...anonymous, integration } : anonymous;
    if (route.can === 'public') return { caller: anonymousCaller, integration, refreshDue: false };
    const credential = await this.credentialOf(request, route, anonymousCaller);
    const identity = await this.identityOf(credential, anonymousCaller, route);
    this.sessionUse.note(identity.sessionId);
    identify(request, identity);
    if (key && key.accountId !== identity.accountId) throw new Refusal('api_key_invalid');
    if (key && !covers(key, route)) throw new Refusal('forbidden');
    if (route.can !== 'token' && !may(identity.role, route.can)) throw new Refusal('forbidden');
    return { caller: { ...anonymousCaller, identity }, integration, refreshDue: isRefreshDue(identity), credential };
  }

  /**
   * The caller's present identity, for responses that last after the request was admitted.
   * @throws Refusal `unauthenticated` when it has ended, `service_unavailable` when that is unknown
   */
  currentIdentity({ credential, caller }: Admitted): Promise<Identity> {
    if (!credential) throw new Refusal('unauthenticated');
    return this.identityOf(credential, { ...caller, deadline: Date.now() + this.config.requestDeadline });
  }

  /**
   * The caller of a request whose body has taken long, with its present rights.
   * @throws Refusal like `admit`, `forbidden` where the caller belongs to another account by now
   */
  async readmit(before: Admitted, request: FastifyRequest, route: Route): Promise<Caller> {
    const { caller } = await this.admit(request, route);
    if (ownerOf(caller).accountId !== ownerOf(before.caller).accountId) throw new Refusal('forbidden');
    return caller;
  }

  /** @throws Refusal `unauthenticated` */
  private async credentialOf(
    request: FastifyRequest,
    { alternativeAuth }: Pick<Route, 'alternativeAuth'>,
    caller: Caller,
  ): Promise<Credential> {
    const { authorization } = request.headers;
    if (alternativeAuth && authorization === undefined)
      return this.alternativeCredential(request, alternativeAuth, caller);
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new Refusal('unauthenticated');
    const { jti, iat, exp, data } = await this.tokens.verified(token, caller);
    return { session: { userId: data.user_id, sessionId: jti, issuedAt: iat, expiresAt: exp } };
  }

  /**
   * The present identity; with `acceptsEndedTokens` auth decides about tokens that have ended.
   * @throws Refusal `unauthenticated` when it has ended, `second_factor_required` before a member has set up what the
   * account requires, `service_unavailable` when that is unknown
   */
  private async identityOf(credential: Credential, caller: Caller, open: Openness = {}): Promise<Identity> {
    if ('apiKey' in credential) return this.ofKey(credential.apiKey, caller);
    const { userId, sessionId, issuedAt, expiresAt } = credential.session;
    if (expiresAt + CLOCK_TOLERANCE_S < Date.now() / 1000) throw new Refusal('unauthenticated');
    if (!open.acceptsEndedTokens) this.revocations.refuseEnded(credential.session);
    const snapshot = await this.snapshots.of(userId, caller);
    if (!snapshot.active) throw new Refusal('unauthenticated');
    if (snapshot.secondFactorMissing && !open.withoutSecondFactor) throw new Refusal('second_factor_required');
    const { accountId, ownerId, role, currency, timeZone } = snapshot;
    return { userId, accountId, ownerId, role, currency, timeZone, sessionId, issuedAt, expiresAt };
  }

  private async alternativeCredential(
    { query, headers }: FastifyRequest,
    alternativeAuth: NonNullable<Route['alternativeAuth']>,
    caller: Caller,
  ): Promise<Credential> {
    const { ticket } = query as Record<string, unknown>;
    if (alternativeAuth.includes('ticket') && typeof ticket === 'string') {
      if (ticket === '' || ticket.length > 100) throw new Refusal('unauthenticated');
      return { session: await this.limits.guess(caller.ip, () => this.bus.call(feed.redeem, { ticket }, caller)) };
    }
    const key = headers['api-key'];
    if (alternativeAuth.includes('api-key') && typeof key === 'string') return { apiKey: key };
    throw new Refusal('unauthenticated');
  }

  /** A key stands for its account and reads what every role may. What is counted by users, is by the account. */
  private async ofKey(key: string, caller: Caller): Promise<Identity> {
    const owner = await this.apiKeys.ownerOf(key, caller);
    if (!owner) throw new Refusal('unauthenticated');
    const { accountId, scope } = owner;
    const limited = scope ? { scope } : {};
    return { userId: -accountId, accountId, ownerId: 0, role: 'viewer', ...limited, currency: 'USD', timeZone: 'UTC' };
  }

  private anonymousCaller(request: FastifyRequest, { method }: Pick<Route, 'method'>): Caller {
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
      ...(method === 'GET' ? {} : userAgentOf(headers['user-agent'])),
      ...(traceparent ? { traceparent } : {}),
      ...(key !== undefined && method !== 'GET' ? { idempotencyKey: key } : {}),
    };
  }
}

/** Whether a key may call a route: a limited key within its scope, and the reads that any token may call. */
const covers = ({ scope }: ApiKeyOwner, { can, method }: Pick<Route, 'can' | 'method'>): boolean =>
  can === 'token' || can === 'public' ? !scope || method === 'GET' : inScope(scope, can);

const isRefreshDue = ({ issuedAt = Infinity, expiresAt = Infinity }: Identity): boolean =>
  Date.now() / 1000 > (issuedAt + expiresAt) / 2;

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The W3C trace context that a request came with, when it has the form of one. */
export const traceparentOf = ({ headers: { traceparent } }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined;

/** The `User-Agent` of a caller that writes. */
export const userAgentOf = (header: string | undefined): Pick<Caller, 'userAgent'> =>
  header ? { userAgent: header.slice(0, USER_AGENT_LENGTH).replace(NOT_PRINTABLE, '?') } : {};
