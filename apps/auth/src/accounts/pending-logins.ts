import { Injectable } from '@nestjs/common';
import { type Caller, type EnterVerificationCode, Refusal, type Verification } from '@open-cpo/contracts';
import { hasFactor } from '../second-factors/factor-state';
import { FactorTables } from '../second-factors/factors.repository';
import { SecondFactorCheck } from '../second-factors/second-factor-check';
import { SecurityLog } from '../security/security-log';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import type { PendingLogin } from '../verifications/verification.entity';
import { verificationView } from '../verifications/verification.views';
import { Verifications } from '../verifications/verifications';

/** A login whose second factor was right. */
export interface PassedLogin {
  readonly user: UserRow;
  readonly login: PendingLogin;
}

/** Logins between the first factor and the second. */
@Injectable()
export class PendingLogins {
  constructor(
    private readonly users: Users,
    private readonly factors: FactorTables,
    private readonly check: SecondFactorCheck,
    private readonly verifications: Verifications,
    private readonly security: SecurityLog,
  ) {}

  /** What is waited for; nothing where the user has no second factor. The first factor has been right. */
  async begin(
    user: UserRow,
    login: Pick<PendingLogin, 'withoutPassword' | 'device'>,
    caller: Caller,
  ): Promise<Verification | undefined> {
    const factors = await this.factors.state(user.id);
    if (!hasFactor(factors)) return undefined;
    const asks = factors.totpSince ? 'totp' : 'passkey';
    const pending: PendingLogin = { ...login, credentialVersion: user.credentialVersion, asks };
    this.security.record('code_requested', caller, 'second factor', user);
    return this.verifications.beginPendingLogin(user, pending);
  }

  /**
   * Nothing when the token is of no such login. Part of a transaction.
   * @throws Refusal `incorrect_code` (an attempt is spent), `verification_expired`, `account_locked`, `too_many_requests`
   */
  async redeem(input: EnterVerificationCode, caller: Caller): Promise<PassedLogin | undefined> {
    const token = input.verification_token;
    const pending = await this.verifications.pendingLogin(token);
    if (!pending) return undefined;
    const { login, userId } = pending;
    const user = await this.users.byId(userId);
    // Locks are taken in the order user, factor, as by changes of factors.
    if (!user || !(await this.users.holdCredentials(userId, login.credentialVersion))) {
      throw new Refusal('verification_expired');
    }
    if (user.locked) throw new Refusal('account_locked');
    const row = await this.verifications.spendAttempt(pending, token);
    if (!(await this.check.accepts(user, input.verification_code, caller))) {
      throw new Refusal('incorrect_code', { data: verificationView(row, token), keep: true });
    }
    await this.verifications.use(row);
    return { user: { ...user, credentialVersion: login.credentialVersion }, login };
  }
}
