import { decimalsOf, type Earned } from '@open-cpo/persistence';
import Big from 'big.js';

/** Whether there is anything to pay out: less than a cent cannot be moved. */
export const isPayable = (usd: string): boolean => new Big(usd).gte('0.01');

/** Digits after the point of `Payout.amount`: a smaller unit is not paid, since it could not be shown. */
const SHOWN_DECIMALS = 2;
const STORED_DECIMALS = 8;

/** What is owed, and in which currency it is transferred. */
export interface Owed {
  readonly usd: string;
  /** What of it is owed at the rates of orders. */
  readonly earned: Earned;
  /** The owner's, and its units for one US dollar today. */
  readonly currency: string;
  readonly rate: string;
  /** The currency in which the provider moves it: US dollars or the owner's. */
  readonly transferIn: string;
}

/** A part of what is owed: in USD, in the owner's currency, and of each currency that orders were settled in. */
export interface Transferable {
  readonly usd: string;
  readonly amount: string;
  readonly earned: Earned;
}

const NOTHING: Transferable = { usd: '0', amount: '0', earned: {} };

/**
 * The part of a balance that can be transferred: whole units of the currency of the transfer, rounded down. It is what is
 * shown, sent to the provider and posted; the rest stays owed, as much of each currency as of all.
 */
export function transferable({ usd, earned, currency, rate, transferIn }: Owed): Transferable {
  const whole = new Big(usd);
  const own = shownAmount({ usd, earned, currency, rate });
  if (whole.lte(0) || own.lte(0)) return NOTHING;
  const decimals = Math.min(decimalsOf(transferIn), SHOWN_DECIMALS);
  const inUsd = transferIn === 'USD' && currency !== 'USD';
  const all = inUsd ? whole : own;
  const units = all.round(decimals, Big.roundDown);
  const part = (of: Big): Big =>
    units.eq(all) ? of : of.times(units).div(all).round(STORED_DECIMALS, Big.roundHalfUp);
  const shares = Object.entries(earned).map(([code, [dollars, amount]]) => {
    return [code, [part(new Big(dollars)).toFixed(), part(new Big(amount)).toFixed()]] as const;
  });
  return {
    usd: (inUsd ? units : part(whole)).toFixed(STORED_DECIMALS),
    amount: (inUsd ? part(own) : units).toFixed(STORED_DECIMALS),
    earned: Object.fromEntries(shares),
  };
}

/** All of it in the owner's currency, unrounded. */
function shownAmount({ usd, earned, currency, rate }: Pick<Owed, 'usd' | 'earned' | 'currency' | 'rate'>): Big {
  const [ownUsd, ownAmount] = earned[currency] ?? ['0', '0'];
  return new Big(usd).minus(ownUsd).times(rate).plus(ownAmount);
}
