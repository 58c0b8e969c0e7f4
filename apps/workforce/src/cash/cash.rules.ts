import { type OrderCompleted, Refusal } from '@open-cpo/contracts';

/** What a worker took for an order. */
export interface Taken {
  readonly workerId: number;
  /** Above 0. */
  readonly amount: string;
  readonly currency: string;
}

const AMOUNT = /^\d{1,30}(\.\d{1,8})?$/;

/**
 * The cash that an order brought a worker; nothing when it was paid otherwise, was free, or no worker's card began it.
 * @throws Refusal `validation_failed` for an amount that is none: money is not guessed at
 */
export function takenFor({ payment, worker_id, cash_amount, cash_currency }: OrderCompleted): Taken | undefined {
  if (payment !== 'cash' || !worker_id) return undefined;
  const good = cash_amount && AMOUNT.test(cash_amount) && cash_currency && /^[A-Z]{3}$/.test(cash_currency);
  if (!good) throw new Refusal('validation_failed', { message: 'Cash without an amount and a currency.' });
  return /[1-9]/.test(cash_amount) ? { workerId: worker_id, amount: cash_amount, currency: cash_currency } : undefined;
}

/** The same amount on the other side of the ledger. */
export const opposite = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);
