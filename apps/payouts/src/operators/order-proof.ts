import { Injectable } from '@nestjs/common';
import type { CompareOrders, CompletedOrder } from '@open-cpo/contracts';
import { type Earned, Transactions } from '@open-cpo/persistence';
import Big from 'big.js';
import { completedEntry, OWNERS } from '../ledger/ledger.rules';
import * as sql from './proofs';

interface Sum {
  readonly reference: string;
  readonly ledger: string;
  readonly owner_id: number | null;
  readonly amount: string;
  readonly earned: Earned;
}
interface Completion {
  readonly reference: string;
  readonly revision: number;
  readonly account_id: number;
}

/** An owner's account is that of the owner. */
const keyOf = (reference: string, ledger: string, owner: number | null): string =>
  `${reference}: ${ledger}${owner === null ? '' : ` ${owner}`}`;

/**
 * Compares the ledger with its source. The service itself can add transactions that sum to zero, and the owner of its tables
 * could change both sides alike or remove the last one: only the orders show that.
 */
@Injectable()
export class OrderProver {
  constructor(private readonly transactions: Transactions) {}

  /** The first order of the range of which the ledger says something else; nothing when all agree. */
  async compare({ after, upTo, last, orders }: CompareOrders): Promise<string> {
    const references = Array.from({ length: upTo - after }, (_, place) => `order ${after + place + 1}`);
    const sums = await this.transactions.query<Sum>(sql.ORDER_SUMS, [references], 'proof.order-sums');
    const completions = await this.transactions.query<Completion>(sql.COMPLETIONS, [references], 'proof.completions');
    const missing = orders.find((order) => !completions.some((one) => isOf(one, order)));
    if (missing)
      return `order ${missing.order_id} revision ${missing.revision} was completed, which the ledger does not say`;
    const wrong = difference(sums, orders);
    if (wrong) return wrong;
    return last ? this.unknown(upTo) : '';
  }

  /** What is about orders that there are not. */
  private async unknown(lastOrder: number): Promise<string> {
    const extent = await this.transactions.first<{ transactions: number }>(sql.EXTENT);
    for (let from = 0; from < (extent?.transactions ?? 0); from += sql.SLICE) {
      const slice = [from, from + sql.SLICE, lastOrder];
      const found = await this.transactions.first<{ discrepancy: string }>(sql.UNKNOWN_ORDERS, slice);
      if (found) return found.discrepancy;
    }
    return '';
  }
}

const isOf = ({ reference, revision, account_id }: Completion, order: CompletedOrder): boolean =>
  reference === `order ${order.order_id}` && revision === order.revision && account_id === order.account_id;

function difference(sums: readonly Sum[], orders: readonly CompletedOrder[]): string | undefined {
  const expected = new Map(
    orders.flatMap((order) => {
      const { reference, postings } = completedEntry({
        ...order,
        charge_point_id: 0,
        day: '',
        completed_at: '',
        minutes: '',
        energy: '',
      });
      return postings.map((posting) => {
        const owner = OWNERS.has(posting.ledger) ? order.account_id : null;
        return [keyOf(reference, posting.ledger, owner), posting] as const;
      });
    }),
  );
  for (const { reference, ledger, owner_id, amount, earned } of sums) {
    const key = keyOf(reference, ledger, owner_id);
    const posting = expected.get(key);
    expected.delete(key);
    if (!new Big(amount).eq(posting?.amount ?? 0)) return `${key} is ${amount} instead of ${posting?.amount ?? '0'}`;
    if (!sameEarned(earned, posting?.earned ?? {})) return `${key} is of another rate than that of the order`;
  }
  const [first] = expected;
  return first && `${first[0]} is 0 instead of ${first[1].amount}`;
}

/** What was posted before rates were kept has none. */
function sameEarned(posted: Earned, expected: Earned): boolean {
  if (Object.keys(posted).length === 0) return true;
  return [...new Set([...Object.keys(posted), ...Object.keys(expected)])].every((currency) => {
    const [usd, amount] = posted[currency] ?? ['0', '0'];
    const [dollars, own] = expected[currency] ?? ['0', '0'];
    return new Big(usd).eq(dollars) && new Big(amount).eq(own);
  });
}
