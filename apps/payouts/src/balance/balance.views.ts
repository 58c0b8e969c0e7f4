import type { Balance, Wallet } from '@open-cpo/contracts';
import { fromUsd } from '@open-cpo/persistence';
import type { OwnersMoney } from '../ledger/ledger';
import { isPayable } from '../payouts/payout.rules';

const NEITHER = { payable: false, rechargeable: false } as const;

/** What an owner is owed, in their currency; `rate` is its units for one US dollar. Below zero it is shown as it is. */
export function balanceView({ payable, inTransit }: OwnersMoney, currency: string, rate: string): Balance {
  const balance = fromUsd(payable, rate);
  const wallets: Wallet[] = [
    { id: 1, name: 'Earnings', balance, currency, type: 'earnings', ...NEITHER, withdrawable: isPayable(payable) },
    {
      id: 2,
      name: 'Payouts in transit',
      balance: fromUsd(inTransit, rate),
      currency,
      type: 'in_transit',
      ...NEITHER,
      withdrawable: false,
    },
  ];
  return { balance, currency, currency_iso: currency, wallets };
}
