import { Controller } from '@nestjs/common';
import {
  accounts,
  AuthUser,
  type Caller,
  type EnterVerificationCode,
  type Login,
  type Logout,
  type Register,
  type ResetPassword,
  Verification,
  type VerificationRef,
  type VerifyReset,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { EMPTY, V } from '../http/answers/success';
import { From, Input, Route } from '../http/route';
import { loggedIn, resetDone, withLife } from './tokens-handed-out';

/** How the operations refuse that take a code, and those that send another. */
const CODE = ['incorrect_code', 'verification_expired'] as const;
const RESEND = ['resend_too_early', 'verification_expired'] as const;
const SENT = V('Please enter the verification code to continue.');

@Controller('api/v3/auth')
export class AccountsController {
  constructor(private readonly bus: Bus) {}

  @Route('POST', 'register', {
    title: 'Register',
    description:
      'Creates a user and sends a code of four digits to the e-mail address. Log in after the code is verified.',
    calls: accounts.register,
    noStore: true,
    can: 'public',
    envelope: SENT,
    limited: 'registration',
  })
  register(@Input() input: Register, @From() caller: Caller) {
    return this.bus.bytes(accounts.register, input, caller);
  }

  /** 200 with the user, or 202 with a verification while the e-mail address is unverified, or by a second factor. */
  @Route('POST', 'login', {
    title: 'Login',
    description:
      'Answers the user with an access token. It answers 202 with a verification while the e-mail address is unverified, and for users with a second factor.',
    calls: accounts.login,
    noStore: true,
    withExpiry: true,
    can: 'public',
    shows: AuthUser,
    also: {
      status: 202,
      of: Verification,
      when: 'The e-mail address is not verified yet, or the user has a second factor.',
    },
    limited: 'login',
    refusals: ['credentials_rejected', 'account_locked'],
  })
  async login(@Input() input: Login, @From() caller: Caller) {
    return loggedIn(await this.bus.bytes(accounts.login, input, caller));
  }

  @Route('POST', 'email/verify', {
    title: 'Verify email',
    description:
      'Takes the code that was sent by e-mail, or one of the second factor, and answers the user with an access token. After too many wrong codes the verification ends.',
    calls: accounts.verifyEmail,
    noStore: true,
    withExpiry: true,
    can: 'public',
    limited: 'code',
    refusals: [...CODE, 'authenticator_unreadable'],
  })
  async verifyEmail(@Input() input: EnterVerificationCode, @From() caller: Caller) {
    return withLife(await this.bus.bytes(accounts.verifyEmail, input, caller));
  }

  @Route('POST', 'email/resend-verification', {
    title: 'Resend verification code',
    description:
      'Sends a new code for a verification of an e-mail address. It is refused until `can_resend_in_seconds` have passed.',
    calls: accounts.resendVerification,
    noStore: true,
    can: 'public',
    envelope: SENT,
    limited: 'reset',
    refusals: RESEND,
  })
  resendVerification(@Input() input: VerificationRef, @From() caller: Caller) {
    return this.bus.bytes(accounts.resendVerification, input, caller);
  }

  @Route('POST', 'logout', {
    title: 'Logout',
    description: 'Ends the session of the token, and removes the device that was registered with it.',
    calls: accounts.logout,
    can: 'token',
    withoutSecondFactor: true,
    envelope: EMPTY,
  })
  logout(@Input() input: Logout, @From() caller: Caller) {
    return this.bus.bytes(accounts.logout, input, caller);
  }

  @Route('POST', 'refresh', {
    title: 'Refresh the token',
    description:
      'Replaces the token by a new one of the same session. Send it when an answer has the header `Token-Refresh-Required`.',
    calls: accounts.refresh,
    noStore: true,
    can: 'token',
    withoutSecondFactor: true,
    acceptsEndedTokens: true,
  })
  refresh(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(accounts.refresh, input, caller);
  }

  @Route('POST', 'password/reset', {
    title: 'Reset password',
    description:
      'Begins a password reset: sends a code to the e-mail address. The answer is the same whether or not a user has this address.',
    calls: accounts.resetPassword,
    noStore: true,
    can: 'public',
    envelope: SENT,
    limited: 'reset',
  })
  resetPassword(@Input() input: ResetPassword, @From() caller: Caller) {
    return this.bus.bytes(accounts.resetPassword, input, caller);
  }

  @Route('POST', 'password/reset/resend', {
    title: 'Resend verification code',
    description: 'Sends a new code for a password reset. It is refused until `can_resend_in_seconds` have passed.',
    calls: accounts.resendReset,
    noStore: true,
    can: 'public',
    envelope: SENT,
    limited: 'reset',
    refusals: RESEND,
  })
  resendReset(@Input() input: VerificationRef, @From() caller: Caller) {
    return this.bus.bytes(accounts.resendReset, input, caller);
  }

  @Route('POST', 'password/reset/verify', {
    title: 'Verify reset password',
    description:
      'Takes the code of a password reset and, when one is sent, the new password. The answer is that of a login.',
    calls: accounts.verifyReset,
    noStore: true,
    withExpiry: true,
    can: 'public',
    shows: AuthUser,
    also: { status: 202, of: Verification, when: 'The user has a second factor, which `email/verify` takes.' },
    limited: 'code',
    refusals: CODE,
  })
  async verifyReset(@Input() input: VerifyReset, @From() caller: Caller) {
    return resetDone(await this.bus.bytes(accounts.verifyReset, input, caller));
  }
}
