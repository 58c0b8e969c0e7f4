import type { PayoutMethodState } from '@open-cpo/contracts';
import type { Payment, PayoutProvider, ProviderAccount } from './provider';

/** Made by hand at a bank: an operator confirms it, or says that it cannot be made. */
export class BankTransferProvider implements PayoutProvider {
  readonly name = 'bank_transfer';
  readonly currency = null;
  readonly manual = true;

  open(): Promise<ProviderAccount> {
    return Promise.resolve({ reference: null, status: 'Active', link: null });
  }

  link(): Promise<null> {
    return Promise.resolve(null);
  }

  state(): Promise<PayoutMethodState> {
    return Promise.resolve('Active');
  }

  pay(): Promise<Payment> {
    return Promise.resolve({ outcome: 'waiting', text: 'The bank transfer is being made.' });
  }
}
