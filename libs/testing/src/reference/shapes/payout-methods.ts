import { id, literal, nullable, object, oneOf, oneOfValues, open, pattern, string, text, url } from '../shape';
import type { Keys } from '../shape';

const offered = { id, logo: url, description: string } satisfies Keys;
const otherName = pattern(/^(?!stripe$)[a-z][a-z0-9_-]*$/);

const stripeAccount = object({ account_id: text, account_status: oneOfValues('Pending', 'Active', 'Rejected') });

/** A method that the caller has added: Stripe with its account and onboarding link, any other with its own details. */
export const payoutMethod = oneOf(
  object({ ...offered, name: literal('stripe'), details: stripeAccount, link: url }),
  object({ ...offered, name: otherName, details: open(), link: nullable(url) }),
);

/** A method that the caller may add: nothing is known of an account yet. */
export const availablePayoutMethod = object({
  ...offered,
  name: pattern(/^[a-z][a-z0-9_-]*$/),
  details: literal(null),
  link: literal(null),
});
