import { ApiProperty, PartialType } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { nothing, operations, write } from '../core/operation';
import { ContactNumber, DigitCode, Email, LoginCode, Pattern, Ref, Text } from '../fields';

/** Fewest and most characters of a password; nothing is cut off and nothing is composed by rule. */
export const PASSWORD_LENGTH = { min: 8, max: 256 } as const;

/** What a token looks like: three parts of text. */
const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.eyJkYXRhIjp7InVzZXJfaWQiOjF9fQ.c2lnbmF0dXJl';

/** The user as login and the verifications answer it. */
export class AuthUser {
  @ApiProperty({ example: 135231 }) id: number;
  @ApiProperty({ example: 1 }) status: number;
  @ApiProperty({ example: 'C' }) customer_type: string;
  @ApiProperty({ example: 'Amina' }) first_name: string;
  @ApiProperty({ example: 'Haddad' }) last_name: string;
  @ApiProperty({ example: 'Amina Haddad' }) full_name: string;
  /** Digits, without a plus sign; may be empty. */
  @ApiProperty({ example: '966977977974' }) contact_number: string;
  @ApiProperty({ example: 'owner@demo.test' }) email: string;
  @ApiProperty({ example: 1, enum: [0, 1] }) email_verified: 0 | 1;
  /** In the user's currency, two decimals. */
  @ApiProperty({ example: '0.00' }) balance: string;
  @ApiProperty({ description: 'JWT, ES256', example: TOKEN }) access_token: string;
  @ApiProperty({ example: false }) isSubscribed: boolean;
  @ApiProperty({ type: [String] }) subscriptionFeatures: string[];
  @ApiProperty({ format: 'date', nullable: true, type: String }) subscriptionEnds: string | null;
  @ApiProperty({ example: 195 }) country_id: number;
  /** ISO 4217. */
  @ApiProperty({ example: 'DZD' }) currency: string;
  @ApiProperty({ nullable: true, type: String }) vat_id: string | null;
}

/** A code that is waited for: one that was sent by e-mail, or one of a second factor. */
export class Verification {
  @ApiProperty({ example: 1, enum: [1] }) require_verification: 1;
  @ApiProperty({ example: '27ee3f39-8768-4bc3-a6ae-440d87660b02', format: 'uuid' }) verification_token: string;
  @ApiProperty({ example: 60 }) can_resend_in_seconds: number;
  @ApiProperty({ example: 3 }) available_attempts: number;
  /** The address with its middle hidden. Where a second factor is waited for: `authenticator app` or `passkey`. */
  @ApiProperty({ example: 'o***r@demo.test' }) sent_to: string;
}

export class Register {
  @Email({ presence: 'required', example: 'owner@demo.test' }) email: string;
  @Text({ presence: 'required', raw: true, ...PASSWORD_LENGTH, example: 'correct horse battery' }) password: string;
  @Text({ presence: 'required', example: 'Amina' }) first_name: string;
  @Text({ presence: 'required', example: 'Haddad' }) last_name: string;
  @Ref({ presence: 'required', example: 195 }) country_id: number;
  @ContactNumber() contact_number?: string | null;
  @Text({ max: 64 }) vat_id?: string | null;
  /** ISO 4217; by default the country's. */
  @Text({ max: 3, example: 'DZD' }) currency?: string | null;
}

export class Login {
  @Email({ presence: 'required', example: 'owner@demo.test' }) email: string;
  @Text({ presence: 'required', raw: true, max: 1024, example: 'Charge-2026!' }) password: string;
  @Text({ description: 'Names the device, which logout dissociates.' }) device_imei?: string | null;
  @Text({ max: 512, description: 'Where the device takes push messages.' }) device_token?: string | null;
}

/** Either the user, or the verification that has begun: of an unverified e-mail address, or by a second factor. */
export class LoginAnswer {
  @ApiProperty({ type: AuthUser, required: false }) user?: AuthUser;
  @ApiProperty({ type: Verification, required: false }) verification?: Verification;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class VerificationRef {
  @Pattern(UUID, 'The :attribute field must be a valid UUID.', {
    presence: 'required',
    example: '123e4567-e89b-12d3-a456-426614174000',
  })
  verification_token: string;
}

export class EnterCode extends VerificationRef {
  @DigitCode(4, { presence: 'required', example: '1234' })
  verification_code: string;
}

/** The code that `sent_to` names. */
export class EnterVerificationCode extends VerificationRef {
  @LoginCode({
    presence: 'required',
    example: '1234',
    description:
      'Four digits from the mail. For a second factor: six digits of the authenticator app, or a recovery code.',
  })
  verification_code: string;
}

export class Logout {
  @Text({ description: 'The device to dissociate.', example: '356938035643809' }) device_imei?: string | null;
}

export class ResetPassword {
  @Email({ presence: 'required', example: 'owner@demo.test' }) email: string;
}

/** Without a password the user is logged in and keeps the one that there is. */
export class VerifyReset extends EnterCode {
  @Text({ raw: true, ...PASSWORD_LENGTH }) password?: string | null;
  @Text({ raw: true, max: 1024 }) password_confirmation?: string | null;
}

/** The user, or, where the user has a second factor, the verification that waits for it. */
export class ResetAnswer extends PartialType(AuthUser) {
  @ApiProperty({ type: Verification, required: false }) verification?: Verification;
}

/** A new token for the one that was sent, which has ended. */
export class FreshToken {
  @ApiProperty({ example: TOKEN }) access_token: string;
  /** Seconds. */
  @ApiProperty({ example: 2592000 }) expires_in: number;
}

/**
 * Accounts and how people get into them. Whether an address is known shows neither in an answer nor in the time it
 * takes: only the e-mail says it.
 */
/** A login from a new device, and a token that comes again, leave entries all the same. */
const inSecurityLog = { audit: false, reason: 'The security log has logins and tokens.' } as const;

export const accounts = operations('auth.accounts', {
  register: write(Register, Verification, { audit: false, reason: 'An account begins when its address is proven.' }),
  /** Refuses `credentials_rejected`, `account_locked`, `too_many_requests`. */
  login: write(Login, LoginAnswer, inSecurityLog),
  /** Ends a verification that a registration or a login began. Refuses `incorrect_code` with what is left of it, `verification_expired`. */
  verifyEmail: write(EnterVerificationCode, AuthUser, { audit: 'accounts.create' }),
  /** Refuses `resend_too_early` with the verification. */
  resendVerification: write(VerificationRef, Verification, { audit: false, reason: 'A code is sent.' }),
  /** Ends the caller's token. */
  logout: write(Logout, nothing, inSecurityLog),
  resetPassword: write(ResetPassword, Verification, { audit: false, reason: 'A code is sent.' }),
  resendReset: write(VerificationRef, Verification, { audit: false, reason: 'A code is sent.' }),
  /** A new password ends all other tokens of the user. A second factor is asked for as by a login. */
  verifyReset: write(VerifyReset, ResetAnswer, { audit: 'users.change-password' }),
  /** Of the caller's token; refuses `unauthenticated` when that one has ended meanwhile. */
  refresh: write(Nothing, FreshToken, inSecurityLog),
});
