import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller, Refusal, type Verification as Shown } from '@open-cpo/contracts';
import { Secrets } from '../secrets/secrets';
import { SecurityLog } from '../security/security-log';
import { Attempts } from '../throttle/attempts';
import { KnownDevices } from '../users/known-devices.repository';
import type { UserRow } from '../users/user.row';
import { hashToken, newCode, newToken } from './codes';
import type { PendingLogin, Purpose } from './verification.entity';
import { ATTEMPTS, attemptsAfterResend, LIFETIME, secondsUntilNext, waitAfter } from './verification.rules';
import { isNobodys, isOver, secondsUntil, verificationView } from './verification.views';
import { type VerificationRow, VerificationTable } from './verifications.repository';

/** Whose address is to be proven; without any of them no code is right. */
export interface Subject {
  readonly purpose: Purpose;
  readonly email: string;
  readonly registrationId?: number | null;
  readonly userId?: number | null;
  readonly invitationId?: number | null;
}

type Owner = Pick<UserRow, 'id' | 'email'>;

/** A login that waits for a second factor. */
export type PendingRow = VerificationRow & { readonly login: PendingLogin; readonly userId: number };

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
    private readonly knownDevices: KnownDevices,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Counted by address, purpose and network, known or not: strangers spend a budget of their own.
   * @throws Refusal `too_many_requests`
   */
  async begin({ purpose, email, ...whose }: Subject, caller: Caller): Promise<Begun> {
    const fromKnownNetwork = await this.knownDevices.knowsNetwork(email, caller);
    const network = this.knownDevices.networkOf(caller);
    const retryAfter = secondsUntilNext(await this.table.ofToday(email, purpose, network), fromKnownNetwork);
    if (retryAfter > 0) throw new Refusal('too_many_requests', { retryAfter });
    const token = newToken();
    const tokenHash = hashToken(token);
    const code = newCode();
    const { registrationId = null, userId = null, invitationId = null } = whose;
    const subject = { registrationId, userId, invitationId };
    const codeHash = this.storedCode(subject, tokenHash, code);
    const fresh = { purpose, email, tokenHash, codeHash, ...subject, attempts: ATTEMPTS, network, fromKnownNetwork };
    const row = await this.table.add(fresh, waitAfter(1), LIFETIME);
    return { shown: verificationView(row, token), row, code };
  }

  /** Not counted by the day: it follows a first factor that was right. */
  async beginPendingLogin({ id: userId, email }: Owner, login: PendingLogin): Promise<Shown> {
    const token = newToken();
    const [tokenHash, codeHash] = [hashToken(token), randomBytes(32)];
    const row = await this.table.addPendingLogin(
      { email, tokenHash, codeHash, userId, attempts: ATTEMPTS, login },
      LIFETIME,
    );
    return verificationView(row, token);
  }

  /** The login that waits for a second factor by this token. */
  async pendingLogin(token: string): Promise<PendingRow | undefined> {
    const row = await this.table.byToken(hashToken(token), 'second-factor');
    return row?.login && row.userId !== null ? { ...row, login: row.login, userId: row.userId } : undefined;
  }

  /** @throws Refusal `verification_expired` when there was none to spend */
  async spendAttempt(pending: PendingRow, token: string): Promise<VerificationRow> {
    const row = await this.table.spend(pending.id);
    if (!row) throw this.over(pending, token);
    return row;
  }

  use({ id }: VerificationRow): Promise<void> {
    return this.table.use(id);
  }

  /** Another code in place of the last one. @throws Refusal `verification_expired`, `resend_too_early` */
  async resend(token: string, ...purposes: readonly Purpose[]): Promise<Begun> {
    const tokenHash = hashToken(token);
    const row = await this.table.lockByToken(tokenHash, purposes);
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
    const isKnown = await this.spend(known?.email, caller);
    const row = await this.table.guess(tokenHash, purpose, this.hashCode(tokenHash, code));
    if (!row) throw this.over(known, token);
    if (!row.usedAt) {
      await this.attempts.wrongCode('code');
      this.security.record('code_failed', caller, purpose);
      throw new Refusal('incorrect_code', { data: verificationView(row, token), keep: true });
    }
    await this.attempts.clear('code', row.email, caller, isKnown);
    this.security.record('code_accepted', caller, purpose);
    return row;
  }

  /** Answers whether the owner of the address has used the network. */
  private async spend(email: string | undefined, caller: Caller): Promise<boolean> {
    if (email === undefined) {
      await this.attempts.spendOfAddress('code', caller);
      return false;
    }
    const known = await this.knownDevices.knowsNetwork(email, caller);
    await this.attempts.spendBudget('code', caller, known);
    const held = await this.attempts.spend('code', email, caller, known);
    if (held) throw new Refusal('too_many_requests', held);
    return known;
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
