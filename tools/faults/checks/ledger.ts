import type { Databases } from './databases';

interface Sums {
  readonly unbalanced: string;
  readonly total: string;
  readonly negative: string;
  readonly twice: string;
}

/** Whatever the ledger is: these say what is wrong with it. */
export const LEDGER = `
  select
    (select count(*) from (select transaction_id from ledger_postings group by 1 having sum(amount) <> 0) t) as unbalanced,
    (select coalesce(sum(amount), 0) from ledger_postings) as total,
    (select count(*) from (select owner_id from ledger_postings where ledger = 'payouts_in_transit'
      group by 1 having sum(amount) < 0) n) as negative,
    (select count(*) from (select kind, reference, revision from ledger_transactions
      group by 1, 2, 3 having count(*) > 1) d) as twice`;

/** Sums of every transaction and of all of it are zero, nothing was paid out twice or more than was reserved. */
export function ledgerProblems({ unbalanced, total, negative, twice }: Sums): string[] {
  return [
    ...(Number(unbalanced) > 0 ? [`${unbalanced} transactions do not sum to zero`] : []),
    ...(Number(total) !== 0 ? [`the whole ledger sums to ${total}`] : []),
    ...(Number(negative) > 0 ? [`${negative} owners were paid more than was reserved`] : []),
    ...(Number(twice) > 0 ? [`${twice} transactions were posted twice`] : []),
  ];
}

/** Checkpoints and payouts compared with the postings that they stand for. */
const AGREES = `
  select
    (select count(*) from ledger_checkpoints c where c.balance <> (select sum(amount) from ledger_postings p
      where p.ledger = c.ledger and p.owner_id = c.owner_id and p.entry <= c.entry)) as checkpoints,
    (select count(*) from payouts o where o.status = 'paied' and not exists (select 1 from ledger_transactions t
      where t.kind = 'payout_paid' and t.reference like '%' || o.id)) as payouts`;

export async function ledgerAgrees(databases: Databases): Promise<string[]> {
  const [sums] = await databases.rows<Sums>('payouts', LEDGER);
  const [agrees] = await databases.rows<{ checkpoints: string; payouts: string }>('payouts', AGREES);
  return [
    ...(sums ? ledgerProblems(sums) : ['no ledger']),
    ...(Number(agrees?.checkpoints) > 0 ? [`${agrees?.checkpoints} checkpoints do not agree with their postings`] : []),
    ...(Number(agrees?.payouts) > 0 ? [`${agrees?.payouts} paid payouts are not in the ledger`] : []),
  ];
}
