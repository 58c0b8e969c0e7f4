import { type PayoutMethodState, Refusal } from '@open-cpo/contracts';
import Big from 'big.js';
import Stripe from 'stripe';
import type { Payment } from './provider';

/** What an account of Stripe's is to us. */
export function stateOf({
  capabilities,
  requirements,
}: Pick<Stripe.Account, 'capabilities' | 'requirements'>): PayoutMethodState {
  if (requirements?.disabled_reason?.startsWith('rejected')) return 'Rejected';
  return capabilities?.transfers === 'active' ? 'Active' : 'Pending';
}

/** Whole cents, rounded down: never more than is owed. */
export const centsOf = (usd: string): number => new Big(usd).times(100).round(0, Big.roundDown).toNumber();

/** Statuses by which a transfer was refused. 409 is none: another try with the same key may be making it. */
const REFUSED: readonly unknown[] = [400, 402, 404];

/**
 * What the answer to the transfer itself says about it. Only Stripe's clear no is one; a broken connection, a timeout, a
 * fault of Stripe's, too many requests, a try that is under way or a wrong key leave open what happened, and it is asked
 * again.
 * @throws Refusal `service_unavailable`
 */
export function verdictOn(error: unknown): Payment {
  const { StripeInvalidRequestError, StripeCardError } = Stripe.errors;
  const ofTransfer = error instanceof StripeInvalidRequestError || error instanceof StripeCardError;
  if (ofTransfer && REFUSED.includes(error.statusCode)) return { outcome: 'failed', text: error.message };
  throw new Refusal('service_unavailable', { cause: error });
}

/** A question that was not answered, or was refused: neither is the client's fault. */
export function away(error: unknown): never {
  throw new Refusal('service_unavailable', { cause: error });
}
