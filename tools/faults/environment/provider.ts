// eslint-disable-next-line @nx/enforce-module-boundaries -- who pays stands in for Stripe here as in the service's own tests
import { StripeServer, type Transfer } from '../../../apps/payouts/src/test/stripe-server';

export { StripeServer, type Transfer };

/** How the service for payouts reaches it. */
export const payoutSettings = ({ url }: StripeServer): Record<string, string> => ({
  STRIPE_SECRET_KEY: 'sk_test_local',
  STRIPE_API_URL: url,
  PAYOUT_METHOD_DELAY: '0',
});
