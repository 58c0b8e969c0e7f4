import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { nothing, operations, read, write } from '../core/operation';
import { Choice, ChoiceList, Id, Nested, Text } from '../fields';
import { field, type FieldOptions } from '../fields/field';
import { AuthUser } from './accounts';
import { ChangeSecondFactors, Passkey } from './second-factors';

/** Passkeys that a user can have. */
export const MOST_PASSKEYS = 20;
/** Ways in which a browser reaches an authenticator (WebAuthn, AuthenticatorTransport). */
export const PASSKEY_TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
export type PasskeyTransport = (typeof PASSKEY_TRANSPORTS)[number];

/** Bytes as WebAuthn's JSON has them. */
const Base64Url = (max: number, o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => (raw === '' ? null : raw),
      judge: (value, label) =>
        typeof value === 'string' && value.length <= max && /^[\w-]+$/.test(value)
          ? undefined
          : `The ${label} field is invalid.`,
      docs: { type: String, pattern: '^[\\w-]+$', maxLength: max },
    },
    o,
  );

// A credential id has 1023 bytes at most.
const CredentialId = () => Base64Url(1364, { presence: 'required', example: 'pLYmVn3PmSsNlXTcRs3Vjw' });
const ClientData = () => Base64Url(4096, { presence: 'required', example: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0' });
const Kind = () => Choice(['public-key'], { presence: 'required', example: 'public-key' });

export class AttestationResponse {
  @ClientData() clientDataJSON: string;
  @Base64Url(16_384, { presence: 'required', example: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVh0' })
  attestationObject: string;
  @ChoiceList(PASSKEY_TRANSPORTS, { example: ['internal'] }) transports?: PasskeyTransport[] | null;
}

/** `PublicKeyCredential.toJSON()` of a registration (WebAuthn, RegistrationResponseJSON). */
export class NewPasskeyCredential {
  @CredentialId() id: string;
  @CredentialId() rawId: string;
  @Kind() type: 'public-key';
  @Nested(() => AttestationResponse, { presence: 'required' }) response: AttestationResponse;
}

export class AssertionResponse {
  @ClientData() clientDataJSON: string;
  @Base64Url(4096, { presence: 'required', example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ' })
  authenticatorData: string;
  // Of ML-DSA-87 it has 4627 bytes.
  @Base64Url(8192, { presence: 'required', example: 'MEQCIFs9q5hOq1JYh4Vn0Wl0i2yWkz5mYB1' }) signature: string;
  @Base64Url(88, { example: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ' }) userHandle?: string | null;
}

/** `PublicKeyCredential.toJSON()` of a login (WebAuthn, AuthenticationResponseJSON). */
export class PasskeyCredential {
  @CredentialId() id: string;
  @CredentialId() rawId: string;
  @Kind() type: 'public-key';
  @Nested(() => AssertionResponse, { presence: 'required' }) response: AssertionResponse;
}

/** For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
export class PasskeyOptions {
  @ApiProperty({
    type: Object,
    example: { challenge: 'Jx0r5oYtW9qQ3bK1', rpId: 'localhost', timeout: 300000, userVerification: 'required' },
  })
  publicKey: object;
}

export class RegisterPasskey {
  @Text({ max: 60, example: 'Work laptop', description: 'What the user calls it.' }) name?: string | null;
  @Nested(() => NewPasskeyCredential, { presence: 'required' }) credential: NewPasskeyCredential;
}

export class RegisteredPasskey {
  @ApiProperty({ type: Passkey }) passkey: Passkey;
  /** Shown once, with the first second factor; null later. */
  @ApiProperty({ type: [String], nullable: true, example: ['7K3Q-X9M2-PDJ4-0RT6'] }) recovery_codes: string[] | null;
}

export class RemovePasskey extends ChangeSecondFactors {
  @Id() id: number;
}

export class PasskeyLogin {
  @Nested(() => PasskeyCredential, { presence: 'required' }) credential: PasskeyCredential;
  @Text({ description: 'Names the device, which logout dissociates.' }) device_imei?: string | null;
  @Text({ max: 512, description: 'Where the device takes push messages.' }) device_token?: string | null;
}

/** Passkeys (WebAuthn). A login by one is both factors. All refuse `not_found` on a platform without passkeys. */
export const passkeys = operations('auth.passkeys', {
  /** The same for all users: names no user and no passkey. */
  loginOptions: read(Nothing, PasskeyOptions),
  /** Refuses `credentials_rejected`, whatever is wrong, and `account_locked`. */
  login: write(PasskeyLogin, AuthUser, { audit: false, reason: 'The security log has logins.' }),
  /** Refuses `conflict` when there are too many. */
  registerOptions: write(ChangeSecondFactors, PasskeyOptions, {
    audit: false,
    reason: 'A passkey begins when it is registered.',
  }),
  register: write(RegisterPasskey, RegisteredPasskey, { audit: 'second-factors.create' }),
  /** Refuses `not_found` for what is not the caller's. Without any factor the recovery codes go as well. */
  remove: write(RemovePasskey, nothing, { audit: 'second-factors.delete' }),
});
