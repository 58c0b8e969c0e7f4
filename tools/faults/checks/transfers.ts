import type { Transfer } from '../environment/provider';
import type { Databases } from './databases';

interface Paid {
  readonly key: string;
  readonly status: string;
  readonly cents: string;
}

const PAYOUTS = `
  select provider_key as key, status, trunc(amount_usd * 100)::text as cents from payouts`;

/** What is wrong with what the provider was told: one transfer for each payout that was paid, none for any other. */
export function transferProblems(payouts: readonly Paid[], transfers: readonly Transfer[]): string[] {
  const made = new Map<string, Transfer[]>();
  for (const one of transfers) made.set(one.transfer_group, [...(made.get(one.transfer_group) ?? []), one]);
  const problems = payouts.flatMap(({ key, status, cents }) => {
    const mine = made.get(key) ?? [];
    made.delete(key);
    const wanted = status === 'paied' ? 1 : 0;
    if (mine.length !== wanted) return [`${mine.length} transfers of a payout that is ${status}`];
    return mine
      .filter(({ amount }) => amount !== Number(cents))
      .map(({ amount }) => `${amount} cents paid for ${cents}`);
  });
  return [...problems, ...[...made.keys()].map((key) => `a transfer of no payout: ${key}`)];
}

export async function transfersOnce(databases: Databases, transfers: readonly Transfer[]): Promise<string[]> {
  return transferProblems(await databases.rows<Paid>('payouts', PAYOUTS), transfers);
}
