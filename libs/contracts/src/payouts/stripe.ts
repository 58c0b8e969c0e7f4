import { nothing, operations, write } from '../core/operation';
import { Text } from '../fields';

/** Stripe's webhook body, byte for byte, and its signature. */
export class StripeDelivery {
  @Text({ presence: 'required', raw: true, max: 1_000_000 }) payload: string;
  @Text({ presence: 'required', max: 4096 }) signature: string;
}

export const payoutsStripe = operations('payouts.stripe', {
  /** Refuses `malformed_request` for a signature that is wrong or old; a repeated event changes nothing. */
  take: write(StripeDelivery, nothing, { audit: false, reason: 'The provider reports the state of a payout.' }),
});
