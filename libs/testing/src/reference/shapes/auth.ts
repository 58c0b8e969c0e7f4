import { bit, bool, format, id, int, list, nullable, object, optional, s2, string, ymd } from '../shape';
import type { Keys } from '../shape';

/** A subscription wherever a user sees it; integrations read it from the login response. */
export const subscriptionKeys = {
  isSubscribed: bool,
  subscriptionFeatures: list(string),
  subscriptionEnds: nullable(ymd),
} satisfies Keys;

/** The names, address and balance that every form of the user carries. */
export const personKeys = {
  id,
  customer_type: string,
  first_name: string,
  last_name: string,
  full_name: string,
  contact_number: format('digitsOrNothing'),
  email: format('email'),
  balance: s2,
} satisfies Keys;

/** Read by the mobile clients, never required. */
const accountKeys = {
  country_id: optional(nullable(id)),
  currency: optional(nullable(string)),
  vat_id: optional(nullable(string)),
} satisfies Keys;

/** The user as login answers it. */
export const loggedInUser = object({
  ...personKeys,
  ...subscriptionKeys,
  ...accountKeys,
  status: int,
  email_verified: bit,
  access_token: format('jwt'),
});

/** The user as both verifications answer it: what login adds may stand there too. */
export const verifiedUser = object({
  ...personKeys,
  ...accountKeys,
  access_token: format('jwt'),
  status: optional(int),
  email_verified: optional(bit),
  isSubscribed: optional(subscriptionKeys.isSubscribed),
  subscriptionFeatures: optional(subscriptionKeys.subscriptionFeatures),
  subscriptionEnds: optional(subscriptionKeys.subscriptionEnds),
});

/** A pending verification; `sent_to` (a masked address) is an addition that mobile clients require. */
export const verification = object({
  require_verification: bit,
  verification_token: format('uuid'),
  can_resend_in_seconds: int,
  available_attempts: int,
  sent_to: format('text'),
});
