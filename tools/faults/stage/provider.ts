// eslint-disable-next-line @nx/enforce-module-boundaries -- who pays stands in for Stripe here as in the service's own tests
export { StripeServer, type Transfer } from '../../../apps/payouts/src/test/stripe-server';

/** The key that it takes. */
export const PROVIDER_KEY = 'sk_test_local';
