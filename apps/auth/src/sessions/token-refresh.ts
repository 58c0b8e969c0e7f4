import { Injectable } from '@nestjs/common';
import { type Caller, type FreshToken, ownerOf, Refusal } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { AuthConfig } from '../config';
import { SecurityLog } from '../security/security-log';
import { Users } from '../users/users.repository';
import { type LockedLoginSession, LoginSessions } from './login-sessions.repository';
import { Revocations } from './revocations';
import { Sessions, type TokenState } from './sessions.repository';
import { type IssuedToken, Tokens } from './tokens';

/**
 * Renews tokens. Two tabs that renew at once both get the successor; a token that comes again after the grace period
 * was copied, and ends its session (refresh token reuse detection, RFC 9700 section 4.14).
 */
@Injectable()
export class TokenRefresh {
  constructor(
    private readonly config: AuthConfig,
    private readonly users: Users,
    private readonly logins: LoginSessions,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly revocations: Revocations,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /** @throws Refusal `unauthenticated` */
  async renew(caller: Caller): Promise<FreshToken> {
    const { userId, sessionId } = ownerOf(caller);
    const version = await this.users.credentialVersion(userId);
    const token = sessionId === undefined ? undefined : await this.sessions.loginOf(sessionId, userId);
    if (version === undefined || !token || !sessionId) throw new Refusal('unauthenticated');
    const login = await this.loginOf(sessionId, token.loginSessionId, version, caller);
    const state = await this.sessions.state(sessionId);
    if (!login || !state || login.over || login.idle || login.credentialVersion !== version) {
      throw new Refusal('unauthenticated');
    }
    const { access_token, expires_in } = await this.successor(login, state, caller);
    this.security.record('token_refreshed', caller);
    return { access_token, expires_in };
  }

  private async successor(login: LockedLoginSession, state: TokenState, caller: Caller): Promise<IssuedToken> {
    if (!state.ended) {
      await this.revocations.replaceToken(state.id);
      await this.logins.used(login.id);
      return this.tokens.issue(login.userId, login);
    }
    // Ended by a logout or by the session's end: nothing to renew, and no sign of a copy.
    if (state.replacedFor === null) throw new Refusal('unauthenticated');
    if (state.replacedFor > this.config.refreshGraceSeconds) return this.refuseReplay(login, caller);
    const current = await this.sessions.current(login.id);
    if (!current) throw new Refusal('unauthenticated');
    return this.tokens.signed(login.userId, current);
  }

  private async refuseReplay({ id, userId }: LockedLoginSession, caller: Caller): Promise<never> {
    await this.revocations.endLogin(id, userId);
    await this.audit.write({ action: 'sessions.replayed', subject: 'session', id }, caller);
    this.security.record('token_replayed', caller);
    throw new Refusal('unauthenticated', { keep: true, cause: 'a token came again that had been replaced' });
  }

  /** A token of an earlier version has no session yet: it gets one. */
  private async loginOf(token: string, known: number | null, credentialVersion: number, caller: Caller) {
    const { userId } = ownerOf(caller);
    let id = known;
    if (id === null) {
      const session = {
        userId,
        method: 'password',
        device: 'Unknown device',
        address: null,
        credentialVersion,
      } as const;
      ({ id } = await this.logins.begin(session, this.config.sessionLifetimeSeconds));
      await this.logins.adopt(token, id);
    }
    return this.logins.lock(id, this.config.sessionIdleSeconds);
  }
}
