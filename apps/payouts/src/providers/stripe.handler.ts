import { Controller } from '@nestjs/common';
import { type HandlersOf, payoutsStripe, Refusal, type StripeDelivery } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import Stripe from 'stripe';
import { PayoutsConfig } from '../config';
import { MethodsRepository } from '../methods/methods.repository';
import { Providers } from './providers';
import { stateOf } from './stripe.rules';

const METHOD = 'stripe';
const ONCE = 'insert into provider_events (id, type) values ($1, $2) on conflict do nothing returning 1';

/** Handles Stripe's events about owners' accounts. */
@Controller()
export class StripeHandler implements HandlersOf<typeof payoutsStripe> {
  constructor(
    private readonly config: PayoutsConfig,
    private readonly methods: MethodsRepository,
    private readonly providers: Providers,
    private readonly transactions: Transactions,
  ) {}

  @Handles(payoutsStripe.take)
  async take(delivery: StripeDelivery): Promise<void> {
    const event = this.verified(delivery);
    const fresh = await this.transactions.query(ONCE, [`stripe ${event.id}`, event.type], 'provider-events.once');
    if (fresh.length === 0 || event.type !== 'account.updated') return;
    const { id, ...account } = event.data.object;
    const toldAt = new Date(event.created * 1000);
    // Stripe's events carry whole seconds: of two of one second neither is known to be the later one.
    const ambiguous = (await this.methods.toldAt(id))?.getTime() === toldAt.getTime();
    const state = ambiguous ? await this.providers.of(METHOD).state(id) : stateOf(account);
    await this.methods.keepState(id, state, toldAt);
  }

  /** Signatures older than five minutes are refused, too: a delivery that was listened in to cannot be used later. */
  private verified({ payload, signature }: StripeDelivery): Stripe.Event {
    const secret = this.config.stripeWebhookSecret;
    if (!secret) throw new Refusal('malformed_request', { cause: 'STRIPE_WEBHOOK_SECRET is not set' });
    try {
      return Stripe.webhooks.constructEvent(payload, signature, secret);
    } catch (cause) {
      throw new Refusal('malformed_request', { cause });
    }
  }
}
