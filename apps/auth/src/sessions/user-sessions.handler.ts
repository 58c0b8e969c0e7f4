import { Controller } from '@nestjs/common';
import {
  type Caller,
  type HandlersOf,
  isoMoment,
  type Nothing,
  ownerOf,
  Refusal,
  type UserSession,
  type UserSessionRef,
  userSessions,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { SecurityLog } from '../security/security-log';
import { type LiveLoginSession, LoginSessions } from './login-sessions.repository';
import { Revocations } from './revocations';

const view = (session: LiveLoginSession, token: string | undefined): UserSession => ({
  id: session.id,
  device: session.device,
  address: session.address,
  method: session.method,
  current: session.token === token,
  created_at: isoMoment(session.startedAt),
  last_used_at: isoMoment(session.lastUsedAt),
  expires_at: isoMoment(session.expiresAt),
});

/** Where a user is logged in, and how they log out elsewhere. */
@Controller()
export class UserSessionsHandler implements HandlersOf<typeof userSessions> {
  constructor(
    private readonly logins: LoginSessions,
    private readonly revocations: Revocations,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  @Handles(userSessions.all)
  async all(_: Nothing, caller: Caller): Promise<UserSession[]> {
    const { userId, sessionId } = ownerOf(caller);
    return (await this.logins.live(userId)).map((session) => view(session, sessionId));
  }

  @Handles(userSessions.end)
  async end({ id }: UserSessionRef, caller: Caller): Promise<void> {
    if (!(await this.revocations.endLogin(id, ownerOf(caller).userId))) throw new Refusal('not_found');
    await this.audit.write({ subject: 'session', id }, caller);
    this.security.record('session_ended', caller);
  }

  @Handles(userSessions.endOthers)
  async endOthers(_: Nothing, caller: Caller): Promise<void> {
    const { userId, sessionId } = ownerOf(caller);
    await this.revocations.endUser(userId, sessionId);
    await this.audit.write({ subject: 'user', id: userId }, caller);
    this.security.record('session_ended', caller, 'all others');
  }
}
