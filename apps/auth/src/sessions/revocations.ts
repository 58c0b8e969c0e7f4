import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SessionRevoked, sessionRevoked } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { AuthConfig } from '../config';
import { ImmediateFacts } from '../facts/immediate-facts';
import { RevocationSet } from './revocation-set';
import { type SessionRow, Sessions } from './sessions.repository';

const seconds = (moment: Date | number): number => Math.floor(Number(moment) / 1000);
const ADD = 'insert into revocations (id, told, until) values ($1, $2, to_timestamp($3))';

/**
 * Ends tokens before their time: a row here, an entry in Redis for gateways that start or were cut off, and a message
 * to every gateway before whoever asked for it is answered. Part of the current transaction.
 */
@Injectable()
export class Revocations {
  constructor(
    private readonly config: AuthConfig,
    private readonly transactions: Transactions,
    private readonly sessions: Sessions,
    private readonly facts: ImmediateFacts,
    private readonly set: RevocationSet,
  ) {}

  /** One token; false when it had ended before, so that of two who end it one knows that it was the other. */
  async endToken(id: string, userId: number): Promise<boolean> {
    const ended = await this.sessions.end(id, userId);
    if (ended) await this.tellToken(ended);
    return ended !== undefined;
  }

  /**
   * All tokens of a user but `except`. Tokens say when they were issued in whole seconds, so those of this very second
   * are named one by one: one that is issued right after this goes on.
   */
  async endUser(userId: number, except?: string): Promise<void> {
    const now = seconds(Date.now());
    const ended = await this.sessions.endAll(userId, except);
    for (const token of ended) if (seconds(token.issuedAt) >= now) await this.tellToken(token);
    const until = now + this.config.tokenTtlSeconds;
    const told: SessionRevoked = { scope: 'user', id: String(userId), before: now - 1, except: except ?? null, until };
    await this.tell(`user-${userId}`, told);
  }

  private tellToken({ id, expiresAt }: SessionRow): Promise<void> {
    return this.tell(id, { scope: 'token', id, until: seconds(expiresAt) });
  }

  private async tell(aggregate: string, told: SessionRevoked): Promise<void> {
    await this.transactions.query(ADD, [randomUUID(), JSON.stringify(told), told.until], 'revocations.add');
    const at = Date.now();
    // First the gateways that listen; Redis, which may be slow or away, is for those that do not.
    await this.facts.tell(sessionRevoked, aggregate, told);
    this.transactions.afterCommit(() => this.set.add([{ told, at }]));
  }
}
