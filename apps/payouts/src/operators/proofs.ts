/** Transactions looked at in one statement. */
export const SLICE = 20_000;

/**
 * What must hold of the ledger. Each is a statement over the transactions with ids above $1 up to $2 that answers
 * `discrepancy` for the first of them that it does not hold of, and nothing when all agree.
 */
export const PROOFS: readonly string[] = [
  // Every transaction sums to zero.
  `select 'transaction ' || transaction_id || ' sums to ' || trim_scale(sum(amount)) || ' instead of 0' as discrepancy
   from ledger_postings where transaction_id > $1 and transaction_id <= $2
   group by transaction_id having sum(amount) <> 0 order by transaction_id limit 1`,

  // An owner's postings are numbered without gaps: none has been taken out.
  `select 'the posting before number ' || p.entry || ' of ' || p.ledger || ' ' || p.owner_id || ' is missing' as discrepancy
   from ledger_postings p
   where p.transaction_id > $1 and p.transaction_id <= $2 and p.entry > 1 and not exists (
     select 1 from ledger_postings q where q.ledger = p.ledger and q.owner_id = p.owner_id and q.entry = p.entry - 1)
   order by p.transaction_id limit 1`,

  // What was taken back is what had been completed.
  `select 'transaction ' || r.id || ' does not reverse ' || r.reference || ' revision ' || r.revision as discrepancy
   from ledger_transactions r
     join ledger_transactions c on c.kind = 'order_completed' and c.reference = r.reference and c.revision = r.revision
   where r.id > $1 and r.id <= $2 and r.kind = 'order_reversed' and exists (
     select 1 from (select ledger, amount from ledger_postings where transaction_id = c.id) done
       full join (select ledger, -amount as amount from ledger_postings where transaction_id = r.id) undone using (ledger, amount)
     where done.ledger is null or undone.ledger is null)
   order by r.id limit 1`,

  // Every step of a payout is of a payout there is, over its amount, and in keeping with its state.
  `select 'transaction ' || t.id || ' (' || t.kind || ') does not agree with ' || t.reference as discrepancy
   from ledger_transactions t left join payouts p on t.reference = 'payout ' || p.id
   where t.id > $1 and t.id <= $2 and t.kind like 'payout%' and (p.id is null
     or p.account_id <> t.account_id
     or (t.kind = 'payout_paid' and p.status <> 'paied') or (t.kind = 'payout_failed' and p.status <> 'failed')
     or coalesce((select max(amount) from ledger_postings where transaction_id = t.id), 0) <> p.amount_usd)
   order by t.id limit 1`,
];

/** The same over checkpoints: each is the one before it and what was posted in between. $1: place to go on from. */
export const CHECKPOINTS = `
  select c.ledger, c.owner_id, c.entry, c.balance = coalesce((
      select b.balance from ledger_checkpoints b where b.ledger = c.ledger and b.owner_id = c.owner_id and b.entry < c.entry
      order by b.entry desc limit 1), 0) + coalesce((
      select sum(p.amount) from ledger_postings p where p.ledger = c.ledger and p.owner_id = c.owner_id
        and p.entry <= c.entry and p.entry > coalesce((
          select max(b.entry) from ledger_checkpoints b
          where b.ledger = c.ledger and b.owner_id = c.owner_id and b.entry < c.entry), 0)), 0) as agrees
  from ledger_checkpoints c where (c.ledger, c.owner_id, c.entry) > ($1, $2, $3)
  order by c.ledger, c.owner_id, c.entry limit 2000`;

/** Each payout has posted what its state says. $1 and $2 as above, of payouts. */
export const PAYOUTS = `
  select 'payout ' || p.id || ' is ' || p.status || ', which the ledger does not say' as discrepancy
  from payouts p
  where p.id > $1 and p.id <= $2 and array(
      select t.kind from ledger_transactions t
      where t.reference = 'payout ' || p.id and t.revision = 1
        and t.kind in ('payout_requested', 'payout_paid', 'payout_failed') order by t.kind)
    <> case p.status when 'pending' then array['payout_requested'] when 'paied' then array['payout_paid', 'payout_requested']
      else array['payout_failed', 'payout_requested'] end
  order by p.id limit 1`;

export const EXTENT = `
  select coalesce((select max(id) from ledger_transactions), 0)::int8 as transactions,
    coalesce((select max(id) from payouts), 0)::int8 as payouts`;

export const COUNT = `
  select (select count(*)::int from ledger_transactions where id > $1 and id <= $2) as transactions,
    (select count(*)::int from ledger_postings where transaction_id > $1 and transaction_id <= $2) as postings`;
