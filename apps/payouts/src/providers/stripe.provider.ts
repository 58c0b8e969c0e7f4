import { createHash } from 'node:crypto';
import type { PayoutMethodState } from '@open-cpo/contracts';
import Stripe from 'stripe';
import type { PayoutsConfig } from '../config';
import type { Applicant, OnboardingLink, Payment, PaymentOrder, PayoutProvider, ProviderAccount } from './provider';
import { away, centsOf, stateOf, verdictOn } from './stripe.rules';

/** Milliseconds for one answer of Stripe's; a request of ours, and its transaction, end before their own deadlines. */
const TIMEOUT_MS = 3500;

/** The library as configuration says: no tries of its own, the job has those. */
function clientOf(secretKey: string, apiUrl?: string): Stripe {
  const { hostname, port, protocol } = new URL(apiUrl ?? 'https://api.stripe.com');
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return new Stripe(secretKey, {
    host: hostname,
    port: port || (scheme === 'http' ? '80' : '443'),
    protocol: scheme,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** Pays owners through Stripe Connect: each has an account there, to which the platform transfers US dollars. */
export class StripeProvider implements PayoutProvider {
  readonly name = 'stripe';
  readonly currency = 'USD';
  readonly manual = false;
  private readonly stripe: Stripe;

  constructor(
    secretKey: string,
    private readonly config: Pick<PayoutsConfig, 'stripeApiUrl' | 'stripeCountry' | 'publicUrl'>,
    private readonly installation: string,
  ) {
    this.stripe = clientOf(secretKey, config.stripeApiUrl);
  }

  async open(applicant: Applicant): Promise<ProviderAccount> {
    const { accountId, country, fullname, userType, email } = applicant;
    const abroad = country !== this.config.stripeCountry;
    const params: Stripe.AccountCreateParams = {
      type: 'express',
      country,
      email,
      business_type: userType,
      business_profile: { name: fullname },
      capabilities: { transfers: { requested: true } },
      ...(abroad ? { tos_acceptance: { service_agreement: 'recipient' } } : {}),
      metadata: { account_id: String(accountId) },
    };
    // A try that was undone after Stripe had made the account finds that account again.
    const digest = createHash('sha256').update(JSON.stringify(params)).digest('hex').slice(0, 32);
    const idempotencyKey = `account-${this.installation}-${digest}`;
    const account = await this.stripe.accounts.create(params, { idempotencyKey }).catch(away);
    return { reference: account.id, status: stateOf(account), link: await this.link(account.id) };
  }

  async link(account: string): Promise<OnboardingLink> {
    const page = `${this.config.publicUrl}/`;
    const params = { account, refresh_url: page, return_url: page, type: 'account_onboarding' } as const;
    const { url, expires_at } = await this.stripe.accountLinks.create(params).catch(away);
    return { url, endsAt: new Date(expires_at * 1000) };
  }

  /**
   * Stripe forgets idempotency keys after a day, but not transfers: it is asked for one before one is created.
   * A question that is refused says nothing of the transfer, which an earlier try may have made.
   */
  async pay(order: PaymentOrder): Promise<Payment> {
    if (!order.account) return { outcome: 'failed', text: 'There is no account with Stripe.' };
    const earlier = await this.stripe.transfers.list({ transfer_group: order.key, limit: 1 }).catch(away);
    const [made] = earlier.data;
    return made ? paid(made) : this.transfer(order, order.account);
  }

  /** What Stripe says of an account now: events of one second have no order. */
  async state(account: string): Promise<PayoutMethodState> {
    return stateOf(await this.stripe.accounts.retrieve(account).catch(away));
  }

  private async transfer({ key, payoutId, amountUsd }: PaymentOrder, destination: string): Promise<Payment> {
    const params = { amount: centsOf(amountUsd), currency: 'usd', destination, transfer_group: key };
    const metadata = { payout_id: String(payoutId) };
    return this.stripe.transfers
      .create({ ...params, metadata }, { idempotencyKey: key })
      .then(paid, (error: unknown) => verdictOn(error));
  }
}

const paid = ({ id }: Stripe.Transfer): Payment => ({ outcome: 'paid', text: `Transfer ${id}` });
