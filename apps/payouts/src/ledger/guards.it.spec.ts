import { payoutsOperators } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { order } from '../test/orders';
import { type Payouts, startPayouts } from '../test/payouts';
import { Ledger } from './ledger';
import { completedEntry } from './ledger.rules';

const TABLES = ['ledger_transactions', 'ledger_postings', 'ledger_checkpoints'];

describe('the ledger’s own guards', () => {
  let payouts: Payouts;

  beforeAll(async () => (payouts = await startPayouts('guards')));
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    const entries = Array.from({ length: 100 }, (_, n) => completedEntry(order({ order_id: n + 1 })));
    await payouts.app.get(Transactions).run(() => payouts.app.get(Ledger).post(entries));
  });

  const insert = (values: string) =>
    payouts.db.query(`insert into ledger_postings (transaction_id, ledger, owner_id, entry, amount) values ${values}`);
  const prove = async () => (await payouts.bus.call(payoutsOperators.prove, {}, internalCaller())).discrepancy;

  /** Writes past the guards. */
  const forged = async (statement: string): Promise<void> => {
    for (const table of TABLES) await payouts.db.query(`alter table ${table} disable trigger user`);
    await payouts.db.force(statement);
    for (const table of TABLES) await payouts.db.query(`alter table ${table} enable trigger user`);
  };

  it.each(TABLES.flatMap((table) => [`delete from ${table}`, `truncate ${table} cascade`]))(
    'refuse: %s',
    async (statement) => {
      await expect(payouts.db.force(statement)).rejects.toThrow('takes new rows only');
    },
  );

  it.each([
    'update ledger_postings set amount = amount + 1',
    `update ledger_transactions set reason = 'x'`,
    'update ledger_checkpoints set balance = 0',
  ])('refuse: %s', async (statement) => {
    await expect(payouts.db.force(statement)).rejects.toThrow('takes new rows only');
  });

  it('refuse postings that do not sum to zero, and those that come later', async () => {
    await payouts.db.query(
      `insert into ledger_transactions (kind, reference, revision, account_id) values ('order_completed', 'order x', 1, 1)`,
    );
    await expect(insert(`(101, 'clearing', null, null, 5)`)).rejects.toThrow('do not sum to zero');
    await expect(
      insert(`(101, 'clearing', null, null, 5), (101, 'platform_revenue', null, null, -4.99999999)`),
    ).rejects.toThrow('do not sum to zero');
    await insert(`(101, 'clearing', null, null, 5), (101, 'platform_revenue', null, null, -5)`);
    await expect(insert(`(101, 'owner_payable', 1, 101, 5), (101, 'payouts_in_transit', 1, 1, -5)`)).rejects.toThrow(
      'do not sum to zero at once',
    );
  });

  it.each([
    [`(1, 'payouts_in_transit', null, null, 5)`, 'ledger_postings_owner'],
    [`(1, 'payouts_in_transit', 1, null, 5)`, 'ledger_postings_owner'],
    [`(1, 'payouts_in_transit', 1, 1, 0)`, 'ledger_postings_amount'],
    [`(1, 'pocket', null, null, 5)`, 'ledger_postings_ledger'],
  ])('refuse the posting %s', async (values, constraint) => {
    await expect(insert(values)).rejects.toThrow(constraint);
  });

  it('leave the service itself without the right to change rows', async () => {
    const [{ rights } = { rights: [] }] = await payouts.db.query<{ rights: string[] }>(
      `select coalesce(array_agg(distinct privilege_type::text), '{}') as rights from information_schema.role_table_grants
       where table_name like 'ledger%' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')`,
    );
    expect(rights).toEqual([]);
  });

  it('do not keep the service from posting, whose role is no superuser and owns the tables', async () => {
    const { db } = payouts;
    await db.query(
      `insert into ledger_transactions (kind, reference, revision, account_id)
       values ('order_completed', 'order r', 1, 1)`,
    );
    await insert(`(101, 'clearing', null, null, 5), (101, 'platform_revenue', null, null, -5)`);
    for (const table of TABLES) {
      await expect(db.query(`delete from ${table}`)).rejects.toThrow('permission denied');
    }
  });

  it('are proved by a proof that finds what was forged past them, and names it', async () => {
    expect(await prove()).toBe('');
    await forged(
      `update ledger_postings set amount = amount + 0.00000001 where transaction_id = 42 and ledger = 'clearing'`,
    );
    expect(await prove()).toBe('transaction 42 sums to 0.00000001 instead of 0');
  });

  describe('compared with the orders', () => {
    const orders = () => Array.from({ length: 100 }, (_, n) => order({ order_id: n + 1 }));
    const compare = async (told = orders()) => {
      const range = { after: 0, upTo: 100, last: true, orders: told };
      return (await payouts.bus.call(payoutsOperators.compare, range, internalCaller())).discrepancy;
    };

    it('agree', async () => {
      expect(await compare()).toBe('');
    });

    it.each([
      [
        'a pair that was changed alike',
        'update ledger_postings set amount = amount * 2 where transaction_id = 42',
        /order 42: \w+ is -?\d+ instead of -?\d+/,
      ],
      [
        'a last transaction that was taken out',
        `set session_replication_role = replica; delete from ledger_postings where transaction_id = 100;
         delete from ledger_transactions where id = 100; set session_replication_role = origin`,
        /order 100 revision 1 was completed, which the ledger does not say/,
      ],
      [
        'postings that were taken out',
        `delete from ledger_checkpoints; delete from ledger_postings where transaction_id = 100`,
        /order 100: \w+ is 0 instead of/,
      ],
      [
        'an order that there is none of',
        `with t as (insert into ledger_transactions (kind, reference, revision, account_id)
           values ('order_completed', 'order 987654', 1, 1) returning id)
         insert into ledger_postings select id, l, null, null, a from t, (values ('clearing', 3), ('platform_revenue', -3)) v(l, a)`,
        /transaction \d+ is of order 987654, which there is not/,
      ],
      [
        'a second revision that nobody told',
        `with t as (insert into ledger_transactions (kind, reference, revision, account_id)
           values ('order_completed', 'order 7', 2, 1) returning id)
         insert into ledger_postings select id, l, null, null, a from t, (values ('clearing', 3), ('platform_revenue', -3)) v(l, a)`,
        /order 7: clearing is -8 instead of -11/,
      ],
      [
        'another rate',
        `update ledger_postings set earned = '{"DZD":["1.5","999"]}' where ledger = 'owner_payable' and transaction_id = 9`,
        /order 9: owner_payable 1 is of another rate/,
      ],
    ])('find %s', async (_, statement, discrepancy) => {
      await forged(statement);
      expect(await compare()).toMatch(discrepancy);
    });

    it('find what was taken back and is still there', async () => {
      expect(await compare(orders().slice(1))).toMatch(/order 1: \w+ is -?[\d.]+ instead of 0/);
    });
  });

  it.each([
    [
      'a posting that was taken out',
      'delete from ledger_postings where transaction_id = 50',
      /before number 51 of owner_payable 1/,
    ],
    [
      'a checkpoint',
      'update ledger_checkpoints set balance = balance + 1',
      /checkpoint at number 100 of owner_payable 1/,
    ],
    [
      'a reverse of something else',
      `with t as (insert into ledger_transactions (kind, reference, revision, account_id)
         values ('order_reversed', 'order 7', 1, 1) returning id)
       insert into ledger_postings select id, l, null, null, a from t, (values ('clearing', 3), ('platform_revenue', -3)) v(l, a)`,
      /transaction \d+ does not reverse order 7 revision 1/,
    ],
    [
      'a reverse of what never was',
      `with t as (insert into ledger_transactions (kind, reference, revision, account_id, created_at)
         values ('order_reversed', 'order 9999', 1, 1, now() - interval '2 hours') returning id)
       insert into ledger_postings select id, l, null, null, a from t, (values ('clearing', 3), ('platform_revenue', -3)) v(l, a)`,
      /transaction \d+ reverses order 9999 revision 1, which was never completed/,
    ],
    [
      'a transaction of another account',
      'update ledger_transactions set account_id = 2 where id = 50',
      /transaction 50 of account 2 posts for 1/,
    ],
    [
      'a payout that there is none of',
      `with t as (insert into ledger_transactions (kind, reference, revision, account_id)
         values ('payout_paid', 'payout 9', 1, 1) returning id)
       insert into ledger_postings select id, l, null, null, a from t, (values ('clearing', 3), ('platform_revenue', -3)) v(l, a)`,
      /transaction \d+ \(payout_paid\) does not agree with payout 9/,
    ],
    [
      'a payout that the ledger does not know',
      `insert into payouts (account_id, user_id, method_id, provider, provider_key, account_shown, recipient, amount_usd,
         currency, rate, status, response, manual) values (1, 1, 1, 'stripe', 'k', '', '', 5, 'USD', 1, 'paied', '', false)`,
      /payout 1 is paied, which the ledger does not say/,
    ],
  ])('and %s', async (_, statement, discrepancy) => {
    await forged(statement);
    expect(await prove()).toMatch(discrepancy);
  });
});
