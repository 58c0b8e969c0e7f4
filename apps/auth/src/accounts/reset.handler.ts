import { Controller } from '@nestjs/common';
import {
  accounts,
  type Caller,
  type FieldErrors,
  type HandlersOf,
  Refusal,
  type ResetAnswer,
  type ResetPassword,
  type Verification,
  type VerificationRef,
  type VerifyReset,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { judgeOwnWords, judgePassword } from '../passwords/password-rules';
import { SecurityLog } from '../security/security-log';
import { Attempts } from '../throttle/attempts';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import type { VerificationRow } from '../verifications/verifications.repository';
import { Verifications } from '../verifications/verifications';
import { CodeLetters } from './code-letters';
import { Entries } from './entries';
import { PasswordChange } from './password-change';

type Handled = Pick<HandlersOf<typeof accounts>, 'resetPassword' | 'resendReset' | 'verifyReset'>;

/** For those who forgot their password. It accepts no invitation. */
@Controller()
export class ResetHandler implements Handled {
  constructor(
    private readonly users: Users,
    private readonly verifications: Verifications,
    private readonly passwordChange: PasswordChange,
    private readonly letters: CodeLetters,
    private readonly attempts: Attempts,
    private readonly entries: Entries,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  @Handles(accounts.resetPassword)
  async resetPassword({ email }: ResetPassword, caller: Caller): Promise<Verification> {
    const user = await this.users.byEmail(email);
    const begun = await this.verifications.begin({ purpose: 'reset', email, userId: user?.id }, caller);
    await this.letters.code(begun, user?.firstName ?? '', caller.language);
    this.security.record('code_requested', caller, 'reset', user);
    return begun.shown;
  }

  @Handles(accounts.resendReset)
  async resendReset({ verification_token }: VerificationRef, { language }: Caller): Promise<Verification> {
    const begun = await this.verifications.resend(verification_token, 'reset');
    const user = await this.users.byEmail(begun.row.email);
    await this.letters.code(begun, user?.firstName ?? '', language);
    return begun.shown;
  }

  /**
   * Whoever reads the mails of the address is let in, whatever others guessed at its password meanwhile; with a second
   * factor where the user has one.
   */
  @Handles(accounts.verifyReset, { finishesValidation: true })
  async verifyReset(input: VerifyReset, caller: Caller, errors: FieldErrors): Promise<ResetAnswer> {
    judgePassword(input, errors);
    errors.throwIfAny();
    const proven = await this.verifications.redeem(input.verification_token, 'reset', input.verification_code, caller);
    const proved = await this.provenUser(proven);
    // Refused after the code was right: the transaction is rolled back, and the code can be entered again.
    judgeOwnWords(input, proved, errors);
    errors.throwIfAny();
    if (!input.password) this.audit.unchanged();
    const user = input.password ? await this.passwordChange.set(proved, input.password, caller) : proved;
    await this.attempts.clearPair('password', user.email, caller);
    const proof = { method: 'reset-code', withoutPassword: !input.password } as const;
    const { user: entered, verification } = await this.entries.enter(user, proof, caller);
    return entered ?? { verification };
  }

  private async provenUser({ userId }: VerificationRow): Promise<UserRow> {
    if (userId !== null) await this.users.lock(userId);
    const user = userId === null ? undefined : await this.users.byId(userId);
    if (!user) throw new Refusal('verification_expired');
    if (user.locked) throw new Refusal('account_locked');
    return user;
  }
}
