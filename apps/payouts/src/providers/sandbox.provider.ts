import type { PayoutMethodState } from '@open-cpo/contracts';
import type { Applicant, OnboardingLink, Payment, PaymentOrder, PayoutProvider, ProviderAccount } from './provider';

/** Stands in for Stripe on a laptop without keys: every answer says that it is none. There is none in production. */
export class SandboxProvider implements PayoutProvider {
  readonly name = 'sandbox';
  readonly currency = 'USD';
  readonly manual = false;

  constructor(production: boolean) {
    if (production) throw new Error('The sandbox pays nobody: it does not exist in production.');
  }

  async open({ accountId }: Applicant): Promise<ProviderAccount> {
    const reference = `acct_sandbox_${accountId}`;
    return { reference, status: 'Active', link: await this.link(reference) };
  }

  link(account: string): Promise<OnboardingLink> {
    return Promise.resolve({ url: `https://example.com/sandbox/onboarding/${account}`, endsAt: null });
  }

  state(): Promise<PayoutMethodState> {
    return Promise.resolve('Active');
  }

  pay({ key }: PaymentOrder): Promise<Payment> {
    return Promise.resolve({ outcome: 'paid', text: `Sandbox: no money was moved (${key}).` });
  }
}
