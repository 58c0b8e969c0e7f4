import { Injectable } from '@nestjs/common';
import { type ApiKeyOwner, type Caller, type Identity, inScope, may, Refusal } from '@open-cpo/contracts';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../../config';
import type { Route } from '../route';
import { traceparentOf } from '../traced';
import { identify } from '../refusal-log';
import { ApiKeys } from './api-keys';
import { languageOf } from './language';
import { type Credential, Credentials } from './credentials';
import { SessionUse } from './session-use';

const NOT_PRINTABLE = /[^\x20-\x7e]/g;
const USER_AGENT_LENGTH = 256;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** What the edge knows once a request is let in. */
export interface Admitted {
  readonly caller: Caller;
  /** It carries a valid API key. */
  readonly integration: boolean;
  /** The token is past half of its life. */
  readonly refreshDue: boolean;
  /** The credential; absent where none is asked for. */
  readonly proof?: Credential;
}

/** Says who asks and whether they may, before anything is forwarded. */
@Injectable()
export class Authorizer {
  constructor(
    private readonly proofs: Credentials,
    private readonly apiKeys: ApiKeys,
    private readonly config: GatewayConfig,
    private readonly use: SessionUse,
  ) {}

  /** @throws Refusal `unauthenticated`, `api_key_invalid`, `forbidden`, or `malformed_request` for a bad header. */
  async admit(
    request: FastifyRequest,
    route: Pick<Route, 'can' | 'method' | 'alternativeAuth' | 'takesReplaced' | 'withoutSecondFactor'>,
  ): Promise<Admitted> {
    const anonymous = this.anonymousCaller(request, route);
    const key = await this.apiKeys.ownerOf(request.headers['api-key'], anonymous);
    const integration = key !== undefined;
    const anonymousCaller: Caller = integration ? { ...anonymous, integration } : anonymous;
    if (route.can === 'public') return { caller: anonymousCaller, integration, refreshDue: false };
    const proof = await this.proofs.of(request, route, anonymousCaller);
    const identity = await this.proofs.identity(proof, anonymousCaller, route);
    this.use.note(identity.sessionId);
    identify(request, identity);
    if (key && key.accountId !== identity.accountId) throw new Refusal('api_key_invalid');
    if (key && !covers(key, route)) throw new Refusal('forbidden');
    if (route.can !== 'token' && !may(identity.role, route.can)) throw new Refusal('forbidden');
    return { caller: { ...anonymousCaller, identity }, integration, refreshDue: isRefreshDue(identity), proof };
  }

  /**
   * Who asks by now, for what goes on after the request was admitted.
   * @throws Refusal `unauthenticated` when it has ended, `service_unavailable` when that is unknown
   */
  again({ proof, caller }: Admitted): Promise<Identity> {
    if (!proof) throw new Refusal('unauthenticated');
    return this.proofs.identity(proof, { ...caller, deadline: Date.now() + this.config.requestDeadline });
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

/** A limited key asks for what its scope names; of what needs a token alone it may read. */
const covers = ({ scope }: ApiKeyOwner, { can, method }: Pick<Route, 'can' | 'method'>): boolean =>
  can === 'token' || can === 'public' ? !scope || method === 'GET' : inScope(scope, can);

const isRefreshDue = ({ issuedAt = Infinity, expiresAt = Infinity }: Identity): boolean =>
  Date.now() / 1000 > (issuedAt + expiresAt) / 2;

/** What a caller that writes says of its program. */
export const userAgentOf = (header: string | undefined): Pick<Caller, 'userAgent'> =>
  header ? { userAgent: header.slice(0, USER_AGENT_LENGTH).replace(NOT_PRINTABLE, '?') } : {};
