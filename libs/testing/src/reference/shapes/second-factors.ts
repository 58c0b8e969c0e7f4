import { bool, id, int, iso, list, nullable, object, open, text } from '../shape';

const passkey = object({ id, name: text, backed_up: bool, created_at: iso, last_used_at: nullable(iso) });

/** The second factors of a user. */
export const secondFactors = object({
  required: bool,
  totp: bool,
  totp_created_at: nullable(iso),
  passkeys: list(passkey),
  recovery_codes_left: int,
});

/** What an account asks of its members. */
export const accountSecurity = object({ second_factor_required: bool, members_without_second_factor: int });

/** What an authenticator app is set up with. */
export const totpSecret = object({ secret: text, uri: text });

/** Shown once. */
export const recoveryCodes = object({ recovery_codes: list(text) });

/** What a browser asks an authenticator for; the standard's own object. */
export const passkeyOptions = object({ publicKey: open() });

export const registeredPasskey = object({ passkey, recovery_codes: nullable(list(text)) });
