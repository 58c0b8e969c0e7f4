import type { PayoutMethodState } from '@open-cpo/contracts';

/** Who wants to be paid. */
export interface Applicant {
  readonly accountId: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly fullname: string;
  readonly userType: 'individual' | 'company';
  readonly email: string;
}

/** Where the owner goes on with the provider. */
export interface OnboardingLink {
  readonly url: string;
  readonly endsAt: Date | null;
}

/** An owner's account with a provider. */
export interface ProviderAccount {
  /** Null where the provider keeps none. */
  readonly reference: string | null;
  readonly status: PayoutMethodState;
  readonly link: OnboardingLink | null;
}

/** What is to be paid. */
export interface PaymentOrder {
  /** The same for all tries, and of no other payout of any installation. */
  readonly key: string;
  readonly payoutId: number;
  /** The owner's account with the provider. */
  readonly account: string | null;
  readonly amountUsd: string;
}

/** How it ended. `waiting`: not known yet, and asking again does not help. */
export interface Payment {
  readonly outcome: 'paid' | 'failed' | 'waiting';
  /** Shown to the owner. */
  readonly text: string;
}

/** One way of moving money out. */
export interface PayoutProvider {
  readonly name: string;
  /** ISO 4217 code of what it transfers; null: the owner's own currency. */
  readonly currency: string | null;
  /** Settled by an operator's word. */
  readonly manual: boolean;
  /** Makes an account, or finds the one that an earlier try has made. @throws Refusal `service_unavailable` */
  open(applicant: Applicant): Promise<ProviderAccount>;
  /** @throws Refusal `service_unavailable` */
  link(account: string): Promise<OnboardingLink | null>;
  /** What an account with the provider is now. @throws Refusal `service_unavailable` */
  state(account: string): Promise<PayoutMethodState>;
  /**
   * Pays, once for a key however often it is asked.
   * @throws Refusal `service_unavailable` while the outcome is unknown
   */
  pay(order: PaymentOrder): Promise<Payment>;
}
