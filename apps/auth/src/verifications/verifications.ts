import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller, Refusal, type Verification as Shown } from '@open-cpo/contracts';
import { Secrets } from '../secrets/secrets';
import { Attempts } from '../throttle/attempts';
import { hashToken, newCode, newToken } from './codes';
import type { Purpose } from './verification.entity';
import { ATTEMPTS, attemptsAfterResend, LIFETIME, MOST_A_DAY, waitAfter } from './verification.rules';
import { isNobodys, isOver, secondsUntil, verificationView, type VerificationRow } from './verification.views';
import { VerificationTable } from './verifications.repository';

/** Whose address is to be proven; without any of them it is nobody's and no code is right. */
export interface Subject {
  readonly purpose: Purpose;
  readonly email: string;
  readonly registrationId?: number | null;
  readonly userId?: number | null;
  readonly invitationId?: number | null;
}

/** A verification as answered, and the code that goes by e-mail. */
export interface Begun {
  readonly shown: Shown;
  readonly row: VerificationRow;
  readonly code: string;
}

/** Codes by e-mail: four digits, three guesses, ten minutes, once. */
@Injectable()
export class Verifications {
  constructor(
    private readonly table: VerificationTable,
    private readonly secrets: Secrets,
    private readonly attempts: Attempts,
  ) {}

  /** @throws Refusal `too_many_requests` after ten of an address within a day, known or not */
  async begin({ purpose, email, ...whose }: Subject): Promise<Begun> {
    const { count, seconds } = await this.table.ofToday(email);
    if (count >= MOST_A_DAY) throw new Refusal('too_many_requests', { retryAfter: Math.max(1, seconds ?? 1) });
    const token = newToken();
    const tokenHash = hashToken(token);
    const code = newCode();
    const { registrationId = null, userId = null, invitationId = null } = whose;
    const subject = { registrationId, userId, invitationId };
    const codeHash = this.storedCode(subject, tokenHash, code);
    const fresh = { purpose, email, tokenHash, codeHash, ...subject, attempts: ATTEMPTS };
    const row = await this.table.add(fresh, waitAfter(1), LIFETIME);
    return { shown: verificationView(row, token), row, code };
  }

  /** Another code in place of the last one. @throws Refusal `verification_expired`, `resend_too_early` */
  async resend(token: string, purpose: Purpose): Promise<Begun> {
    const tokenHash = hashToken(token);
    const row = await this.table.lockByToken(tokenHash, purpose);
    if (!row || isOver(row)) throw this.over(row, token);
    const wait = secondsUntil(row.resendAt);
    if (wait > 0) throw new Refusal('resend_too_early', { data: verificationView(row, token), retryAfter: wait });
    const code = newCode();
    const codeHash = this.storedCode(row, tokenHash, code);
    const left = attemptsAfterResend(row.attempts);
    const renewed = await this.table.renew(row.id, codeHash, left, waitAfter(row.sent + 1), LIFETIME);
    return { shown: verificationView(renewed, token), row: renewed, code };
  }

  /** @throws Refusal `incorrect_code` (an attempt is spent), `verification_expired`, `too_many_requests` */
  async redeem(token: string, purpose: Purpose, code: string, caller: Caller): Promise<VerificationRow> {
    const tokenHash = hashToken(token);
    const known = await this.table.byToken(tokenHash, purpose);
    const account = known?.email ?? 'unknown token';
    if (known) await this.attempts.spend('code', account, caller);
    else await this.attempts.spendOfAddress('code', caller);
    const row = await this.table.guess(tokenHash, purpose, this.hashCode(tokenHash, code));
    if (!row) throw this.over(known, token);
    if (!row.usedAt) throw new Refusal('incorrect_code', { data: verificationView(row, token), keep: true });
    await this.attempts.clear('code', account, caller);
    return row;
  }

  private storedCode(whose: Parameters<typeof isNobodys>[0], tokenHash: Buffer, code: string): Buffer {
    return isNobodys(whose) ? randomBytes(32) : this.hashCode(tokenHash, code);
  }

  private hashCode(tokenHash: Buffer, code: string): Buffer {
    return this.secrets.mac('codes', tokenHash, code);
  }

  /** One that never was has nothing to show. */
  private over(row: VerificationRow | undefined, token: string): Refusal {
    const data = row && { ...verificationView(row, token), available_attempts: 0 };
    return new Refusal('verification_expired', { data });
  }
}
