import { STEP } from '../ledger/ledger.queries';

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

  // What was taken back had been completed. Events come in any order, within an hour.
  `select 'transaction ' || r.id || ' reverses ' || r.reference || ' revision ' || r.revision || ', which was never completed'
     as discrepancy
   from ledger_transactions r
   where r.id > $1 and r.id <= $2 and r.kind = 'order_reversed' and r.created_at < now() - interval '1 hour' and not exists (
     select 1 from ledger_transactions c
     where c.kind = 'order_completed' and c.reference = r.reference and c.revision = r.revision)
   order by r.id limit 1`,

  // An owner's posting is of the owner whose transaction it is.
  `select 'transaction ' || t.id || ' of account ' || t.account_id || ' posts for ' || p.owner_id as discrepancy
   from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
   where p.transaction_id > $1 and p.transaction_id <= $2 and p.owner_id <> t.account_id
   order by t.id limit 1`,

  // Every hundredth posting has its checkpoint: the next one is made from it.
  `select 'the checkpoint at number ' || p.entry || ' of ' || p.ledger || ' ' || p.owner_id || ' is missing' as discrepancy
   from ledger_postings p
   where p.transaction_id > $1 and p.transaction_id <= $2 and p.entry % ${STEP} = 0 and not exists (
     select 1 from ledger_checkpoints c where c.ledger = p.ledger and c.owner_id = p.owner_id and c.entry = p.entry)
   order by p.transaction_id limit 1`,

  // Every step of a payout is of a payout there is, moves its amount between the right accounts, and is in keeping with its state.
  `select 'transaction ' || t.id || ' (' || t.kind || ') does not agree with ' || t.reference as discrepancy
   from ledger_transactions t left join payouts p on t.reference = 'payout ' || p.id
   where t.id > $1 and t.id <= $2 and t.kind like 'payout%' and (p.id is null
     or p.account_id <> t.account_id or t.revision <> 1
     or (t.kind = 'payout_paid' and p.status <> 'paied') or (t.kind = 'payout_failed' and p.status <> 'failed')
     or (select coalesce(array_agg(row (q.ledger, q.amount)::text order by q.ledger), '{}')
         from ledger_postings q where q.transaction_id = t.id)
       <> (select array_agg(row (s.ledger, (s.sign * p.amount_usd)::numeric(28,8))::text order by s.ledger) from (values
           ('payout_requested', 'owner_payable', -1), ('payout_requested', 'payouts_in_transit', 1),
           ('payout_paid', 'payouts_in_transit', -1), ('payout_paid', 'clearing', 1),
           ('payout_failed', 'payouts_in_transit', -1), ('payout_failed', 'owner_payable', 1)) s(kind, ledger, sign)
         where s.kind = t.kind)
     or exists (select 1 from ledger_postings q where q.transaction_id = t.id and q.ledger = 'payouts_in_transit'
       and t.kind = 'payout_requested' and q.earned <> p.earned))
   order by t.id limit 1`,
];

/**
 * The same over checkpoints: each is the one before it and what was posted in between. One without `earned` is right where its
 * own posting has none: a version that did not know of it wrote both. $1: place to go on from.
 */
export const CHECKPOINTS = `
  select c.ledger, c.owner_id, c.entry, case
      when p.entry is null or c.entry % ${STEP} <> 0 then 'is of no posting'
      when c.balance <> coalesce(b.balance, 0) + s.amount then 'is not the sum'
      when c.earned <> add_earned(coalesce(b.earned, '{}'), s.earned) and (c.earned <> '{}' or p.earned <> '{}')
        then 'is of other rates than its postings'
      else '' end as fault
  from ledger_checkpoints c
    left join ledger_checkpoints b on b.ledger = c.ledger and b.owner_id = c.owner_id and b.entry = c.entry - ${STEP}
    left join ledger_postings p on p.ledger = c.ledger and p.owner_id = c.owner_id and p.entry = c.entry
    cross join lateral (
      select coalesce(sum(q.amount), 0) as amount, sum_earned(q.earned) as earned from ledger_postings q
      where q.ledger = c.ledger and q.owner_id = c.owner_id and q.entry > c.entry - ${STEP} and q.entry <= c.entry) s
  where (c.ledger, c.owner_id, c.entry) > ($1, $2, $3)
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

/** What the ledger has of orders ($1: their references) for whom, all revisions together; nothing of those that were taken back. */
export const ORDER_SUMS = `
  select t.reference, p.ledger, p.owner_id, trim_scale(sum(p.amount))::text as amount, sum_earned(p.earned) as earned
  from ledger_transactions t join ledger_postings p on p.transaction_id = t.id
  where t.kind in ('order_completed', 'order_reversed') and t.reference = any($1::text[])
  group by 1, 2, 3 having sum(p.amount) <> 0 or sum_earned(p.earned) <> '{}' order by 1, 2, 3`;

export const COMPLETIONS = `
  select reference, revision, account_id from ledger_transactions
  where kind = 'order_completed' and reference = any($1::text[])`;

/** Transactions of orders that there are not: above the last one ($3), or with no number at all. */
export const UNKNOWN_ORDERS = `
  select 'transaction ' || t.id || ' is of ' || t.reference || ', which there is not' as discrepancy
  from ledger_transactions t
  where t.id > $1 and t.id <= $2 and t.kind in ('order_completed', 'order_reversed')
    and case when t.reference ~ '^order [1-9][0-9]{0,9}$' then substring(t.reference from 7)::bigint > $3 else true end
  order by t.id limit 1`;
