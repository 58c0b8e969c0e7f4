import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { nothing, operations, read, write } from '../core/operation';
import { Bool, DigitCode, SecondFactorCode, Text } from '../fields';

/** Recovery codes that a user gets at once. */
export const RECOVERY_CODES = 10;

export class Passkey {
  @ApiProperty({ example: 5 }) id: number;
  @ApiProperty({ example: 'Work laptop' }) name: string;
  /** Whether its provider keeps a copy of it (a synced passkey). */
  @ApiProperty({ example: true }) backed_up: boolean;
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z' }) created_at: string;
  @ApiProperty({ example: '2025-05-13T18:20:00.000000Z', nullable: true, type: String }) last_used_at: string | null;
}

/** The second factors of the caller. */
export class SecondFactors {
  /** Whether the account requires one of its members. */
  @ApiProperty({ example: false }) required: boolean;
  /** Whether an authenticator app (TOTP, RFC 6238) is set up. */
  @ApiProperty({ example: true }) totp: boolean;
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z', nullable: true, type: String })
  totp_created_at: string | null;
  @ApiProperty({ type: [Passkey] }) passkeys: Passkey[];
  /** Recovery codes that are not used yet. */
  @ApiProperty({ example: 10 }) recovery_codes_left: number;
}

/** What an authenticator app is set up with; shown once. */
export class TotpSecret {
  /** Base 32. */
  @ApiProperty({ example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }) secret: string;
  /** Key URI, for a QR code. */
  @ApiProperty({ example: 'otpauth://totp/Open%20CPO:owner%40demo.test?issuer=Open%20CPO&secret=JBSWY3DPEHPK3PXP' })
  uri: string;
}

/** Codes that are good once each, in place of a code of the authenticator app; shown once. */
export class RecoveryCodes {
  @ApiProperty({ type: [String], example: ['7K3Q-X9M2-PDJ4-0RT6'] }) recovery_codes: string[];
}

const CurrentPassword = () => Text({ presence: 'required', raw: true, max: 1024, example: 'Charge-2026!' });

/** A change of the second factors takes both: the password, and a code where a factor is set up. */
export class ChangeSecondFactors {
  @CurrentPassword() current_password: string;
  @SecondFactorCode({
    example: '123456',
    description:
      'A code of the authenticator app, or a recovery code. Required where a second factor is set up, but for users whose only factor is a passkey and who logged in with it.',
  })
  second_factor_code?: string | null;
}

export class ConfirmTotp {
  @DigitCode(6, { presence: 'required', example: '123456' }) code: string;
}

/** The second factors of the caller. Every change ends the caller's other sessions and sends a mail. */
export const secondFactors = operations('auth.second-factors', {
  all: read(Nothing, SecondFactors),
  /** A new secret, which counts once it is confirmed. Refuses `conflict` while an authenticator app is set up. */
  startTotp: write(ChangeSecondFactors, TotpSecret, { audit: false, reason: 'A factor begins when it is confirmed.' }),
  /** Answers recovery codes in place of those that there were. Refuses `conflict` where nothing is to be confirmed. */
  confirmTotp: write(ConfirmTotp, RecoveryCodes, { audit: 'second-factors.create' }),
  /** Refuses `not_found` where no authenticator app is set up. Without any factor the recovery codes go as well. */
  removeTotp: write(ChangeSecondFactors, nothing, { audit: 'second-factors.delete' }),
  /** New recovery codes in place of those that there were. Refuses `conflict` where no factor is set up. */
  renewRecoveryCodes: write(ChangeSecondFactors, RecoveryCodes, { audit: 'recovery-codes.renew' }),
});

/** What an account asks of its members. */
export class AccountSecurity {
  @ApiProperty({ example: true }) second_factor_required: boolean;
  /** Members who have to set one up before they can do anything else. */
  @ApiProperty({ example: 2 }) members_without_second_factor: number;
}

export class SetAccountSecurity extends ChangeSecondFactors {
  @Bool({ presence: 'required', example: true }) second_factor_required: boolean;
}

/** The security of the caller's account. */
export const accountSecurity = operations('auth.account-security', {
  shown: read(Nothing, AccountSecurity),
  /** Who requires a second factor has one. Gateways enforce it at once. */
  set: write(SetAccountSecurity, AccountSecurity, { audit: 'accounts.require-second-factor' }),
});
