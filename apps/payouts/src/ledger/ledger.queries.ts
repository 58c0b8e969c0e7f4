/** First key of the locks that put an owner's postings in order; the second is the account. */
const LOCKS = 20_877;
/** Postings of an owner's account between two checkpoints. */
export const STEP = 100;

/** One lock at a time, in the order of the accounts, so that two never wait for each other crosswise. */
export const LOCK = `select pg_advisory_xact_lock(${LOCKS}, account) from unnest($1::int[]) as account`;

/** What was posted before rates were kept is taken back without one: the exact reverse. */
const REVERSES_WITHOUT = `a.kind = 'order_reversed' and exists (
        select 1 from ledger_transactions c join ledger_postings q on q.transaction_id = c.id
        where c.kind = 'order_completed' and c.reference = a.reference and c.revision = a.revision
          and q.ledger = p.ledger and q.earned = '{}')`;

/**
 * Entries and their postings in one statement, each at most once. An owner's postings are numbered without gaps, which
 * the lock makes possible: a checkpoint knows what came before it, however transactions overlap.
 */
export const POST = `
  with given as (
    select distinct on (kind, reference, revision) *
    from jsonb_to_recordset($1::jsonb) as e(place int, kind text, reference text, revision int, account_id int,
      reason text, happened_at timestamptz, postings jsonb)
    order by kind, reference, revision, place
  ), added as (
    insert into ledger_transactions (kind, reference, revision, account_id, reason, happened_at)
    select kind, reference, revision, account_id, reason, coalesce(happened_at, now()) from given order by place
    on conflict (kind, reference, revision) do nothing
    returning id, kind, reference, revision, account_id
  ), lines as (
    select a.id as transaction_id, p.ledger, p.amount, case when ${REVERSES_WITHOUT} then '{}' else coalesce(p.earned, '{}') end as earned,
      case when p.ledger in ('owner_payable', 'payouts_in_transit') then a.account_id end as owner_id
    from added a join given g using (kind, reference, revision)
      cross join jsonb_to_recordset(g.postings) as p(ledger text, amount numeric, earned jsonb)
  ), posted as (
    insert into ledger_postings (transaction_id, ledger, owner_id, entry, amount, earned)
    select transaction_id, ledger, owner_id, case when owner_id is not null then
        row_number() over (partition by ledger, owner_id order by transaction_id) + coalesce((
          select max(p.entry) from ledger_postings p where p.ledger = l.ledger and p.owner_id = l.owner_id), 0)
      end, amount, earned
    from lines l
    returning ledger, owner_id, entry
  )
  select (select count(*)::int from added) as added,
    coalesce((select json_agg(json_build_object('ledger', ledger, 'owner', owner_id, 'entry', entry) order by entry)
      from posted where entry % ${STEP} = 0), '[]') as full,
    coalesce((select json_agg(distinct owner_id) from posted where ledger = 'owner_payable'), '[]') as owners`;

/** There is a checkpoint at every hundredth posting, so that the one before is exactly ${STEP} entries away. */
export const CHECKPOINT = `
  insert into ledger_checkpoints (ledger, owner_id, entry, balance, earned)
  select $1, $2, $3::int, coalesce(c.balance, 0) + p.amount, add_earned(coalesce(c.earned, '{}'), p.earned)
  from (
    select sum(amount) as amount, sum_earned(earned) as earned from ledger_postings
    where ledger = $1 and owner_id = $2 and entry > $3::int - ${STEP} and entry <= $3::int
  ) p left join ledger_checkpoints c on c.ledger = $1 and c.owner_id = $2 and c.entry = $3::int - ${STEP}`;

/**
 * The last checkpoint and the fewer than ${STEP} postings since, whatever the age of the account: `balance` in USD, `earned` at
 * the rates of the orders. Postings are added up by currency first, which is cheaper than one by one.
 */
const balanceOf = (ledger: string, owner = '$1'): string => `(
  select coalesce(c.balance, 0) + coalesce((
      select sum(p.amount) from ledger_postings p
      where p.ledger = '${ledger}' and p.owner_id = ${owner} and p.entry > coalesce(c.entry, 0)), 0) as balance,
    add_earned(coalesce(c.earned, '{}'), coalesce((
      select jsonb_object_agg(currency, jsonb_build_array(usd::text, amount::text)) from (
        select e.key as currency, sum((e.value->>0)::numeric) as usd, sum((e.value->>1)::numeric) as amount
        from ledger_postings p, jsonb_each(p.earned) e
        where p.ledger = '${ledger}' and p.owner_id = ${owner} and p.entry > coalesce(c.entry, 0) group by 1) s), '{}')) as earned
  from (select 1) as always left join lateral (
    select entry, balance, earned from ledger_checkpoints
    where ledger = '${ledger}' and owner_id = ${owner} order by entry desc limit 1) c on true)`;

export const BALANCE = `
  select trim_scale(p.balance)::text as payable, p.earned as "payableEarned", trim_scale(t.balance)::text as "inTransit",
    t.earned as "inTransitEarned"
  from ${balanceOf('owner_payable')} p, ${balanceOf('payouts_in_transit')} t`;

/** The balances to publish; the number of the last posting says which of two balances is the later one. */
export const BALANCES = `
  select account as account_id, trim_scale(b.balance)::text as balance_usd, b.earned,
    (select max(entry) from ledger_postings where ledger = 'owner_payable' and owner_id = account) as sequence
  from unnest($1::int[]) as account cross join lateral ${balanceOf('owner_payable', 'account')} b order by account`;
