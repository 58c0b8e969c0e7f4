import { Injectable } from '@nestjs/common';
import { type Caller, feed, type Identity, Refusal, type TicketHolder } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import type { FastifyRequest } from 'fastify';
import { Limits } from '../limits/limits';
import type { Route } from '../route';
import { ApiKeys } from './api-keys';
import { Revocations } from './revocations';
import { Snapshots } from './snapshots';
import { Tokens } from './tokens';

/** What a request shows for itself: a session that its token is of, or an API key that stands alone. */
export type Credential = { readonly session: TicketHolder } | { readonly apiKey: string };

/** What a route takes that others refuse. */
type Openness = Pick<Route, 'takesReplaced' | 'withoutSecondFactor'>;

/** Seconds by which clocks may differ, as where tokens are verified. */
const TOLERANCE = 5;

/** Finds out whom a request comes from, and whether that still stands. */
@Injectable()
export class Credentials {
  constructor(
    private readonly tokens: Tokens,
    private readonly snapshots: Snapshots,
    private readonly revocations: Revocations,
    private readonly apiKeys: ApiKeys,
    private readonly bus: Bus,
    private readonly limits: Limits,
  ) {}

  /** @throws Refusal `unauthenticated` */
  async of(
    request: FastifyRequest,
    { alternativeAuth }: Pick<Route, 'alternativeAuth'>,
    caller: Caller,
  ): Promise<Credential> {
    const { authorization } = request.headers;
    if (alternativeAuth && authorization === undefined) return this.instead(request, alternativeAuth, caller);
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new Refusal('unauthenticated');
    const { claims } = await this.tokens.verified(token, caller);
    const { jti, iat, exp, data } = claims;
    return { session: { userId: data.user_id, sessionId: jti, issuedAt: iat, expiresAt: exp } };
  }

  /**
   * Who it is by now; with `takesReplaced` auth decides about tokens that have ended.
   * @throws Refusal `unauthenticated` when it has ended, `second_factor_required` before a member has set up what the
   * account requires, `service_unavailable` when that is unknown
   */
  async identity(proof: Credential, caller: Caller, open: Openness = {}): Promise<Identity> {
    if ('apiKey' in proof) return this.ofKey(proof.apiKey, caller);
    const { userId, sessionId, issuedAt, expiresAt } = proof.session;
    if (expiresAt + TOLERANCE < Date.now() / 1000) throw new Refusal('unauthenticated');
    if (!open.takesReplaced) this.revocations.refuseEnded(proof.session);
    const snapshot = await this.snapshots.of(userId, caller);
    if (!snapshot.active) throw new Refusal('unauthenticated');
    if (snapshot.secondFactorMissing && !open.withoutSecondFactor) throw new Refusal('second_factor_required');
    const { accountId, ownerId, role, currency, timeZone } = snapshot;
    return { userId, accountId, ownerId, role, currency, timeZone, sessionId, issuedAt, expiresAt };
  }

  private async instead(
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
}
