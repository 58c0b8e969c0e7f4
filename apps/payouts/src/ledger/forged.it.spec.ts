import { payoutsOperators } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { order, reversal } from '../test/orders';
import { type Payouts, startPayouts } from '../test/payouts';
import { Ledger } from './ledger';
import { completedEntry, reversedEntry } from './ledger.rules';

const TABLES = ['ledger_transactions', 'ledger_postings', 'ledger_checkpoints'];
const ORDERS = 300;
const TAKEN_BACK = 299;

/** Orders of two owners, at their own rates, of which one was reversed and completed again. */
const story = Array.from({ length: ORDERS }, (_, n) =>
  order({
    order_id: n + 1,
    account_id: n % 3 === 2 ? 2 : 1,
    currency: n % 3 === 2 ? 'JOD' : 'DZD',
    rate: n % 3 === 2 ? '0.709' : '136.2',
  }),
);
const again = story.map((one) => (one.order_id === TAKEN_BACK ? { ...one, revision: 2 } : one));

describe('a ledger that the owner of the database forged', () => {
  let payouts: Payouts;

  beforeAll(async () => (payouts = await startPayouts('forged')));
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    const taken = story[TAKEN_BACK - 1];
    const entries = [
      ...story.map(completedEntry),
      reversedEntry(reversal({ ...taken })),
      completedEntry({ ...order(taken), revision: 2 }),
    ];
    await payouts.app.get(Transactions).run(() => payouts.app.get(Ledger).post(entries));
  });

  const forged = async (statement: string): Promise<void> => {
    for (const table of TABLES) await payouts.db.query(`alter table ${table} disable trigger user`);
    await payouts.db.force(statement);
    for (const table of TABLES) await payouts.db.query(`alter table ${table} enable trigger user`);
  };
  /** As `operator ledger prove` does. */
  const prove = async () => {
    const { discrepancy } = await payouts.bus.call(payoutsOperators.prove, {}, internalCaller());
    const range = { after: 0, upTo: ORDERS, last: true, orders: again };
    return discrepancy || (await payouts.bus.call(payoutsOperators.compare, range, internalCaller())).discrepancy;
  };
  /** SQL that gives transactions to another account, with postings that are numbered as that account's own. */
  const give = (to: number, ...ids: number[]) =>
    ids
      .map(
        (id) => `update ledger_transactions set account_id = ${to} where id = ${id};
        update ledger_postings p set owner_id = ${to}, entry = 1 + (select max(entry) from ledger_postings q
          where q.ledger = p.ledger and q.owner_id = ${to}) where transaction_id = ${id} and owner_id is not null`,
      )
      .join(';');
  /** SQL after which the numbers of each owner's postings have no gaps and all checkpoints are what they should be. */
  const smooth = `update ledger_postings set entry = entry + 1000000 where owner_id is not null;
    update ledger_postings p set entry = n.entry from (select transaction_id, ledger,
      row_number() over (partition by ledger, owner_id order by transaction_id) as entry
      from ledger_postings where owner_id is not null) n where n.transaction_id = p.transaction_id and n.ledger = p.ledger;
    delete from ledger_checkpoints; insert into ledger_checkpoints
      select p.ledger, p.owner_id, p.entry, s.balance, s.earned from ledger_postings p cross join lateral (
        select sum(amount) as balance, sum_earned(earned) as earned from ledger_postings q
        where q.ledger = p.ledger and q.owner_id = p.owner_id and q.entry <= p.entry) s where p.entry % 100 = 0`;

  it('is proved before, and after what changes nothing', async () => {
    expect(await prove()).toBe('');
    await forged(smooth);
    expect(await prove()).toBe('');
  });

  it.each([
    ['one of an order that counts', give(1, 3), /^order 3 revision 1 was completed, which the ledger does not say$/],
    ['one of an order that was taken back', give(2, TAKEN_BACK), /^order 299: owner_payable 2 is 1\.5 instead of 0$/],
    [
      'two that trade places',
      `${give(1, 6)}; ${give(2, 7)}`,
      /^order [67] revision 1 was completed, which the ledger does not say$/,
    ],
  ])('is found where money moved between accounts: %s', async (_, statement, discrepancy) => {
    await forged(`${statement}; ${smooth}`);
    expect(await prove()).toMatch(discrepancy);
  });

  it('is found where two postings changed their owners and no sum changed', async () => {
    await forged(
      `update ledger_postings set owner_id = 3 - owner_id, entry = entry + 1000 where transaction_id in (6, 7) and owner_id is not null; ${smooth}`,
    );
    expect(await prove()).toMatch(/^transaction 6 of account 2 posts for 1$/);
  });

  const last = `ledger = 'owner_payable' and owner_id = 1 and entry = 200`;
  it.each([
    ['balance', `update ledger_checkpoints set balance = balance + 1 where ${last}`, /200 .* is not the sum$/],
    [
      'balance, like that of the one after it',
      `update ledger_checkpoints set balance = balance + 1 where owner_id = 1`,
      /100 .* is not the sum$/,
    ],
    [
      'rates',
      `update ledger_checkpoints set earned = '{"DZD":["300","999999"]}' where ${last}`,
      /200 .* is of other rates than its postings$/,
    ],
    ['rates, left out', `update ledger_checkpoints set earned = '{}' where ${last}`, /200 .* is of other rates/],
  ])('is found where a checkpoint has another %s', async (_, statement, discrepancy) => {
    await forged(statement);
    expect(await prove()).toMatch(discrepancy);
  });

  it.each([
    ['beyond the last posting', `values ('owner_payable', 1, 500, 1000000)`],
    ['between two others', `values ('owner_payable', 1, 150, (select balance from ledger_checkpoints where ${last}))`],
    ['of somebody who has no postings', `values ('owner_payable', 99, 100, 1000000)`],
  ])('is found where a checkpoint was invented %s, which the service itself could do', async (_, values) => {
    await payouts.db.query(`insert into ledger_checkpoints (ledger, owner_id, entry, balance) ${values}`);
    expect(await prove()).toMatch(/^the checkpoint at number \d+ of owner_payable \d+ is of no posting$/);
  });

  it('is found where a checkpoint was taken out, from which the next one would be made', async () => {
    await forged(`delete from ledger_checkpoints where ${last}`);
    expect(await prove()).toBe('the checkpoint at number 200 of owner_payable 1 is missing');
  });

  it('is found where a payout went to another account, or failed twice', async () => {
    await payouts.addMethod();
    await payouts.request();
    expect(await prove()).toBe('');
    await forged(
      `update ledger_postings set ledger = 'platform_revenue', owner_id = null, entry = null
       where ledger = 'payouts_in_transit'`,
    );
    expect(await prove()).toMatch(/\(payout_requested\) does not agree with payout 1$/);
    await forged(
      `update ledger_postings set ledger = 'payouts_in_transit', owner_id = 1, entry = 1
       where ledger = 'platform_revenue' and amount > 100;
       with t as (insert into ledger_transactions (kind, reference, revision, account_id)
         select kind, reference, 2, account_id from ledger_transactions where kind = 'payout_requested' returning id)
       insert into ledger_postings select t.id, p.ledger, p.owner_id, p.entry + 1, p.amount, p.earned
       from t, ledger_postings p join ledger_transactions r on r.id = p.transaction_id where r.kind = 'payout_requested' and r.revision = 1`,
    );
    expect(await prove()).toMatch(/\(payout_requested\) does not agree with payout 1$/);
  });

  it('is told from one that an older version wrote to during a rolling upgrade', async () => {
    // It knows of no rates: neither of those of the posting that a checkpoint is due at, nor of those before it.
    const older = `update ledger_postings set earned = '{}' where owner_id = 1 and entry between 60 and 100;
      update ledger_checkpoints set earned = '{}' where owner_id = 1 and entry = 100`;
    await forged(`${older}; update ledger_checkpoints c set earned = (select sum_earned(earned) from ledger_postings p
      where p.ledger = c.ledger and p.owner_id = 1 and p.entry between 101 and 200) where owner_id = 1 and entry = 200`);
    expect(await prove()).toBe('');
  });
});
