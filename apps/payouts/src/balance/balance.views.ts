import type { Balance, Wallet } from '@open-cpo/contracts';
import { earnedIn } from '@open-cpo/persistence';
import type { OwnersMoney } from '../ledger/ledger';
import { isPayable } from '../payouts/payout.rules';

const NEITHER = { payable: false, rechargeable: false } as const;

/**
 * What an owner is owed, in their currency: earnings at the rates of their orders, what was settled in other currencies at
 * `rate`, today's units for one US dollar. Below zero it is shown as it is.
 */
export function balanceView(money: OwnersMoney, currency: string, rate: string): Balance {
  const balance = earnedIn(money.payable, money.payableEarned, currency, rate);
  const withdrawable = isPayable(money.payable) && Number(balance) > 0;
  const wallets: Wallet[] = [
    { id: 1, name: 'Earnings', balance, currency, type: 'earnings', ...NEITHER, withdrawable },
    {
      id: 2,
      name: 'Payouts in transit',
      balance: earnedIn(money.inTransit, money.inTransitEarned, currency, rate),
      currency,
      type: 'in_transit',
      ...NEITHER,
      withdrawable: false,
    },
  ];
  return { balance, currency, currency_iso: currency, wallets };
}
