import { Injectable } from '@nestjs/common';
import { type Caller, RECOVERY_CODE, Refusal } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { Notices } from '../notices/notices';
import { SecurityLog } from '../security/security-log';
import { Attempts } from '../throttle/attempts';
import { KnownDevices } from '../users/known-devices.repository';
import type { UserRow } from '../users/user.row';
import { FactorTables } from './factors.repository';
import { RecoveryCodeBook } from './recovery-codes';
import { stepOf } from './totp';
import { TotpSecrets } from './totp-secrets';

/** Checks codes of second factors. Each is accepted once; wrong ones have budgets of their own. */
@Injectable()
export class SecondFactorCheck {
  constructor(
    private readonly tables: FactorTables,
    private readonly recoveryCodes: RecoveryCodeBook,
    private readonly totp: TotpSecrets,
    private readonly attempts: Attempts,
    private readonly knownDevices: KnownDevices,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Whether a code is right, which it is once. Part of a transaction.
   * @throws Refusal `too_many_requests`, `authenticator_unreadable`
   */
  async accepts(user: UserRow, code: string, caller: Caller): Promise<boolean> {
    if (!RECOVERY_CODE.test(code)) return this.acceptsTotp(user, code, true, caller);
    const known = await this.spend(user, caller);
    return this.counted(await this.takeRecoveryCode(user, code, caller), known, user, caller);
  }

  /** The same for a code of an authenticator app that no code has confirmed yet. */
  acceptsFirst(user: UserRow, code: string, caller: Caller): Promise<boolean> {
    return this.acceptsTotp(user, code, false, caller);
  }

  /** A secret that cannot be read costs no guess, nor does one that was shown to the same client a moment ago. */
  private async acceptsTotp(user: UserRow, code: string, isConfirmed: boolean, caller: Caller): Promise<boolean> {
    const secret = await this.totp.of(user.id, isConfirmed);
    const accepts = async () => secret !== undefined && (await this.takeTotp(user.id, secret, code));
    if (!isConfirmed) return accepts();
    const known = await this.spend(user, caller);
    return this.counted(await accepts(), known, user, caller);
  }

  /** Answers whether the user has used the network. */
  private async spend({ email }: UserRow, caller: Caller): Promise<boolean> {
    const known = await this.knownDevices.knowsNetwork(email, caller);
    await this.attempts.spendBudget('second-factor', caller, known);
    const held = await this.attempts.spend('second-factor', email, caller, known);
    if (held) throw new Refusal('too_many_requests', held);
    return known;
  }

  private async counted(isRight: boolean, known: boolean, user: UserRow, caller: Caller): Promise<boolean> {
    if (isRight) await this.attempts.clear('second-factor', user.email, caller, known);
    else await this.attempts.wrongCode('second-factor');
    this.security.record(isRight ? 'code_accepted' : 'code_failed', caller, 'second factor', user);
    return isRight;
  }

  private async takeTotp(userId: number, secret: string, code: string): Promise<boolean> {
    const step = stepOf(secret, code);
    return step !== undefined && (await this.tables.acceptStep(userId, step, this.totp.seal(secret)));
  }

  private async takeRecoveryCode(user: UserRow, code: string, caller: Caller): Promise<boolean> {
    const { id, accountId } = user;
    if (!(await this.recoveryCodes.use(id, code))) return false;
    const { recoveryCodesLeft: left } = await this.tables.state(id);
    await this.audit.write({ action: 'recovery-codes.use', subject: 'user', id, of: user, after: { left } }, caller);
    const details = { left: String(left) };
    await this.notices.tell({ kind: 'recovery-code-used', accountId, userId: id, details, also: [addressee(user)] });
    return true;
  }
}

/** The user of a change, who gets a mail besides the owners. */
export const addressee = ({ email, firstName: name, language }: UserRow) => ({ email, name, language });
