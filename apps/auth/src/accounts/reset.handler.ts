import { Controller } from '@nestjs/common';
import {
  accounts,
  type AuthUser,
  type Caller,
  type FieldErrors,
  type HandlersOf,
  Refusal,
  type ResetPassword,
  type Verification,
  type VerificationRef,
  type VerifyReset,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Invitations } from '../members/invitations.repository';
import { judgePassword } from '../passwords/password-rules';
import { Tokens } from '../sessions/tokens';
import { Attempts } from '../throttle/attempts';
import type { UserRow } from '../users/user.row';
import { authUser } from '../users/user.views';
import { Users } from '../users/users.repository';
import type { VerificationRow } from '../verifications/verification.views';
import { Verifications } from '../verifications/verifications';
import { Activation } from './activation';
import { CodeLetters } from './code-letters';
import { PasswordChange } from './password-change';

type Handled = Pick<HandlersOf<typeof accounts>, 'resetPassword' | 'resendReset' | 'verifyReset'>;

/** For those who forgot their password, and for invited ones who never had one. */
@Controller()
export class ResetHandler implements Handled {
  constructor(
    private readonly users: Users,
    private readonly invitations: Invitations,
    private readonly verifications: Verifications,
    private readonly activation: Activation,
    private readonly passwordChange: PasswordChange,
    private readonly letters: CodeLetters,
    private readonly attempts: Attempts,
    private readonly tokens: Tokens,
  ) {}

  @Handles(accounts.resetPassword)
  async resetPassword({ email }: ResetPassword, { language }: Caller): Promise<Verification> {
    const user = await this.users.byEmail(email);
    const invitation = await this.invitations.openFor(email);
    const whose = user ? { userId: user.id } : { invitationId: invitation?.id };
    const begun = await this.verifications.begin({ purpose: 'reset', email, ...whose });
    await this.letters.code(begun, user?.firstName ?? '', language);
    return begun.shown;
  }

  @Handles(accounts.resendReset)
  async resendReset({ verification_token }: VerificationRef, { language }: Caller): Promise<Verification> {
    const begun = await this.verifications.resend(verification_token, 'reset');
    const user = await this.users.byEmail(begun.row.email);
    await this.letters.code(begun, user?.firstName ?? '', language);
    return begun.shown;
  }

  /** Whoever reads the mails of the address is let in, whatever others guessed at its password meanwhile. */
  @Handles(accounts.verifyReset, { finishesValidation: true })
  async verifyReset(input: VerifyReset, caller: Caller, errors: FieldErrors): Promise<AuthUser> {
    judgePassword(input, errors);
    errors.throwIfAny();
    const proven = await this.verifications.redeem(input.verification_token, 'reset', input.verification_code, caller);
    const user = await this.provenUser(proven, caller);
    if (input.password) await this.passwordChange.set(user, input.password, caller);
    await this.attempts.clear('password', user.email, caller);
    const { access_token } = await this.tokens.issue(user.id);
    return authUser(user, access_token);
  }

  private async provenUser({ userId, invitationId, email }: VerificationRow, caller: Caller): Promise<UserRow> {
    if (invitationId !== null) return this.activation.ofInvitation(email, caller);
    if (userId !== null) await this.users.lock(userId);
    const user = userId === null ? undefined : await this.users.byId(userId);
    if (!user) throw new Refusal('verification_expired');
    if (user.locked) throw new Refusal('account_locked');
    return user;
  }
}
