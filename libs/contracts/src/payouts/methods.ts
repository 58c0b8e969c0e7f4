import { ApiHideProperty, ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { Choice, Email, Json, SecondFactorCode, Text } from '../fields';
import type { FieldOptions } from '../fields/field';

export const PAYOUT_METHOD_STATES = ['Pending', 'Active', 'Rejected'] as const;
export type PayoutMethodState = (typeof PAYOUT_METHOD_STATES)[number];

/** Names of the payout methods there are; part of the API. */
export const PAYOUT_METHOD_NAMES = ['stripe', 'bank_transfer'] as const;

/** A way in which owners are paid. */
export class PayoutMethod {
  /** The method's own number, which requests for payouts name. */
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: 'http://localhost:3000/images/payout-methods/stripe.png' }) logo: string;
  @ApiProperty({ example: 'stripe' }) name: string;
  @ApiProperty({ example: 'Instant withdrawals with Stripe, ensuring secure and seamless transactions.' })
  description: string;
  /** Of `stripe` the account and its state; else what was entered, masked. Null for methods not added yet. */
  @ApiProperty({
    type: Object,
    nullable: true,
    example: { account_id: 'acct_1PnynuR7qdScojsdf56', account_status: 'Pending' },
  })
  details: Record<string, unknown> | null;
  /** Where the owner goes on with the provider; valid for minutes. */
  @ApiProperty({ nullable: true, type: String, example: 'https://connect.stripe.com/setup/s/acct_1/abc' })
  link: string | null;
}

export class PayoutMethodName {
  @Text({ presence: 'required', example: 'stripe' }) payoutMethod_name: string;
}

/** A file on its way through the object store: which one it is, and the key that it is encrypted with. */
export interface UploadedFile {
  readonly object: string;
  /** Base64. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256, base64url. */
  readonly digest: string;
}

type Presence = FieldOptions['presence'];
const FullName = (presence: Presence) => Text({ presence, as: 'full name', example: 'John Doe' });
const UserType = (presence: Presence) => Choice(['individual', 'company'], { presence, example: 'individual' });
const Address = (presence: Presence) => Text({ presence, max: 500, example: '123 Main Street, City, Country' });
const Tin = (presence: Presence) => Text({ presence, as: 'TIN', min: 4, max: 64, ascii: true, example: '123-45-6789' });
const Mail = (presence: Presence) => Email({ presence, example: 'owner@example.com' });
const AccountNumber = () =>
  Text({
    min: 4,
    max: 64,
    ascii: true,
    example: 'DE89370400440532013000',
    description:
      'IBAN, checked by its country, length and check digits, or a national account number of 4 to 34 digits. Blanks, dashes, ' +
      'lower case and digits of any script are taken.',
  });
const Bic = () =>
  Text({
    max: 32,
    ascii: true,
    example: 'COBADEFFXXX',
    description: 'BIC (SWIFT code) of the bank: 8 or 11 characters.',
  });
const Identity = () =>
  Text({
    min: 4,
    max: 64,
    ascii: true,
    example: '0501234567',
    description: 'Number of an identity document; in a multipart form the document itself (PDF, PNG or JPEG, 10 MB).',
  });

const CurrentPassword = () =>
  Text({
    raw: true,
    max: 1024,
    description: 'The password of the caller. Checked when it is sent; send it wherever a person is at hand.',
  });

const ConfirmingCode = () =>
  SecondFactorCode({
    example: '123456',
    description:
      'A code of the caller’s authenticator app, or a recovery code. Checked when it is sent, beside or in place of the password.',
  });

/** JSON, a form, or a multipart form whose part `id` is a file. */
export class AddPayoutMethod extends PayoutMethodName {
  @FullName('required') fullname: string;
  @UserType('required') userType: 'individual' | 'company';
  @Address('required') address: string;
  @Tin('required') TIN: string;
  @Identity() id?: string | null;
  @Mail('required') email: string;
  @AccountNumber() accountNumber?: string | null;
  @Bic() bic?: string | null;
  @CurrentPassword() current_password?: string | null;
  @ConfirmingCode() second_factor_code?: string | null;
  /** Set by the edge alone. */
  @ApiHideProperty() @Json() document?: UploadedFile | null;
}

/** What is absent stays. */
export class UpdatePayoutMethod extends PayoutMethodName {
  @FullName('filled') fullname?: string;
  @UserType('filled') userType?: 'individual' | 'company';
  @Address('filled') address?: string;
  @Tin('filled') TIN?: string;
  @Identity() id?: string | null;
  @Mail('filled') email?: string;
  @AccountNumber() accountNumber?: string | null;
  @Bic() bic?: string | null;
  @CurrentPassword() current_password?: string | null;
  @ConfirmingCode() second_factor_code?: string | null;
  /** Set by the edge alone. */
  @ApiHideProperty() @Json() document?: UploadedFile | null;
}

/** The ways in which an account is paid. A name that is none, or is not added, is `not_found`. */
export const payoutsMethods = operations('payouts.methods', {
  mine: read(Nothing, list(PayoutMethod), { deadline: 8000 }),
  /** Those of the account's country that are not added yet; refuses an account without a country. */
  available: read(Nothing, list(PayoutMethod)),
  add: write(AddPayoutMethod, nothing, { deadline: 8000, audit: 'payout-methods.create' }),
  update: write(UpdatePayoutMethod, nothing, { deadline: 8000, audit: 'payout-methods.update' }),
  /** Refuses `conflict` while a payout by it is pending. */
  remove: write(PayoutMethodName, nothing, { audit: 'payout-methods.delete' }),
});
