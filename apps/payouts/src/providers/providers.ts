import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { PayoutsConfig } from '../config';
import { Secrets } from '../secrets/secrets';
import { BankTransferProvider } from './bank-transfer.provider';
import type { PayoutProvider } from './provider';
import { SandboxProvider } from './sandbox.provider';
import { StripeProvider } from './stripe.provider';

/** Who moves the money of which payout method, in this installation. */
@Injectable()
export class Providers {
  private readonly byMethod: ReadonlyMap<string, PayoutProvider>;

  constructor(config: PayoutsConfig, secrets: Secrets, log: Log) {
    const stripe = stripeOf(config, secrets);
    if (stripe?.name === 'sandbox') log.warn('Payouts by Stripe go to a sandbox: STRIPE_SECRET_KEY is not set');
    const methods: [string, PayoutProvider][] = [['bank_transfer', new BankTransferProvider()]];
    this.byMethod = new Map(stripe ? [['stripe', stripe], ...methods] : methods);
  }

  /** Whether the method is offered here. */
  offers(method: string): boolean {
    return this.byMethod.has(method);
  }

  /** @throws Refusal `service_unavailable` for a method that was offered once and is not any more */
  of(method: string): PayoutProvider {
    const provider = this.byMethod.get(method);
    if (!provider) throw new Refusal('service_unavailable', { cause: `no provider for ${method}` });
    return provider;
  }
}

function stripeOf(config: PayoutsConfig, { installation }: Secrets): PayoutProvider | undefined {
  if (config.stripeSecretKey) return new StripeProvider(config.stripeSecretKey, config, installation);
  return config.production ? undefined : new SandboxProvider(config.production);
}
