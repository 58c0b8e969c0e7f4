import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionRevoked, sessionRevoked } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { AuthConfig } from '../config';
import { ImmediateFacts } from '../facts/immediate-facts';
import { Users } from '../users/users.repository';
import { LoginSessions } from './login-sessions.repository';
import { RevocationSet } from './revocation-set';
import { type SessionRow, Sessions } from './sessions.repository';

const seconds = (moment: Date | number): number => Math.floor(Number(moment) / 1000);
const ADD = 'insert into revocations (id, told, until) values ($1, $2, to_timestamp($3))';

/**
 * Ends tokens before their time: a row here, an entry in Redis for gateways that start or were cut off, and a message
 * to every gateway before the response. Part of the current transaction.
 */
@Injectable()
export class Revocations {
  constructor(
    private readonly config: AuthConfig,
    private readonly transactions: Transactions,
    private readonly users: Users,
    private readonly logins: LoginSessions,
    private readonly sessions: Sessions,
    private readonly domainEvents: ImmediateFacts,
    private readonly set: RevocationSet,
  ) {}

  /** One token and its session. */
  async endToken(id: string, userId: number): Promise<void> {
    const login = (await this.sessions.loginOf(id, userId))?.loginSessionId;
    if (login) await this.endLogin(login, userId);
    const ended = await this.sessions.end(id, userId);
    if (ended) await this.tellToken(ended);
  }

  /** A token in whose place another one comes. */
  async replaceToken(id: string): Promise<void> {
    const ended = await this.sessions.replace(id);
    if (ended) await this.tellToken(ended);
  }

  /** A session with its tokens; false when it had ended before, or is somebody else's. */
  async endLogin(id: number, userId: number): Promise<boolean> {
    if (!(await this.logins.end(id, userId))) return false;
    for (const token of await this.sessions.endOfLogin(id)) await this.tellToken(token);
    return true;
  }

  /**
   * All tokens of a user but `except`, and what is being issued at the same time. Answers the user's new credential
   * counter. Tokens say when they were issued in whole seconds, so those of this very second
   * are named one by one: one that is issued right after this goes on.
   */
  async endUser(userId: number, except?: string): Promise<number> {
    const now = seconds(Date.now());
    const version = await this.users.raiseCredentialVersion(userId);
    await this.logins.endOthers(userId, except);
    if (except) await this.logins.keep(except, version);
    const ended = await this.sessions.endAll(userId, except);
    for (const token of ended) if (seconds(token.issuedAt) >= now) await this.tellToken(token);
    const until = now + this.config.tokenTtlSeconds;
    const told: SessionRevoked = { scope: 'user', id: String(userId), before: now - 1, except: except ?? null, until };
    await this.tell(`user-${userId}`, told);
    return version;
  }

  private tellToken({ id, expiresAt }: SessionRow): Promise<void> {
    return this.tell(id, { scope: 'token', id, until: seconds(expiresAt) });
  }

  private async tell(aggregate: string, told: SessionRevoked): Promise<void> {
    await this.transactions.query(ADD, [randomUUID(), JSON.stringify(told), told.until], 'revocations.add');
    const at = Date.now();
    // First the gateways that listen; Redis, which may be slow or away, is for those that do not.
    await this.domainEvents.tell(sessionRevoked, aggregate, told);
    this.transactions.afterCommit(() => this.set.add([{ told, at }]));
  }
}
