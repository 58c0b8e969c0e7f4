import type { INestMicroservice } from '@nestjs/common';
import { payoutsOperators, payoutsPayouts } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { asUser, stopTestApp } from '@open-cpo/testing';
import { Ledger } from '../ledger/ledger';
import { completedEntry } from '../ledger/ledger.rules';
import { order } from '../test/orders';
import { type Payouts, startPayouts } from '../test/payouts';

const CONCURRENCY = 50;
const INDEXES = ['payouts_open', 'ledger_postings_of_owner', 'ledger_postings_pkey'];

const codeOf = (reason: unknown): unknown => (reason as { code?: unknown }).code;

/** Tests that an owner is paid out once, for so many owners. */
export function testRaces(rounds: number): void {
  describe('an owner who presses many times at the same moment', () => {
    let payouts: Payouts;
    let replica: INestMicroservice;

    beforeAll(async () => {
      payouts = await startPayouts('races');
      replica = await payouts.replica();
    });
    afterAll(async () => {
      if (replica) await stopTestApp(replica);
      await payouts?.stop();
    });
    afterEach(() => jest.restoreAllMocks());

    const earn = (accounts: readonly number[]) =>
      payouts.app
        .get(Transactions)
        .run(() =>
          payouts.app.get(Ledger).post(accounts.map((id) => completedEntry(order({ order_id: id, account_id: id })))),
        );
    const begin = async (first: number, count: number): Promise<number[]> => {
      await payouts.empty();
      const accounts = Array.from({ length: count }, (_, n) => first + n);
      const user = (accountId: number) => asUser({ accountId, userId: accountId });
      for (const id of accounts) {
        payouts.auth.countryOf.set(id, 1);
        await payouts.addMethod('stripe', user(id));
      }
      await earn(accounts);
      return accounts;
    };
    const press = (accountId: number, times: number) =>
      Promise.allSettled(
        Array.from({ length: times }, () =>
          payouts.bus.call(payoutsPayouts.request, { payoutMethod: 1 }, asUser({ accountId, userId: accountId })),
        ),
      );
    /** The judge: what is wrong with what the presses made. */
    const wrongs = async (): Promise<string[]> => {
      const many = await payouts.db.query<{ account_id: number; n: number }>(
        'select account_id, count(*)::int as n from payouts group by 1 having count(*) <> 1',
      );
      const overdrawn = await payouts.db.query<{ owner_id: number }>(
        `select owner_id from ledger_postings where ledger = 'owner_payable' group by 1 having sum(amount) <> 0`,
      );
      return [
        ...many.map(({ account_id, n }) => `${n} payouts of account ${account_id}`),
        ...overdrawn.map(({ owner_id }) => `balance of account ${owner_id}`),
      ];
    };

    it(`is paid out once, ${rounds} times over, on two replicas`, async () => {
      for (const accountId of await begin(1000, rounds)) {
        let answers = await press(accountId, CONCURRENCY);
        // On a machine without time for them all may be refused: the owner presses again.
        while (answers.every((one) => one.status === 'rejected' && codeOf(one.reason) === 'service_unavailable'))
          answers = await press(accountId, CONCURRENCY);
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const answer of answers) {
          if (answer.status === 'rejected') {
            expect(answer.reason).toMatchObject({
              code: expect.stringMatching(/^(validation_failed|service_unavailable)$/),
            });
          }
        }
      }
      expect(await wrongs()).toEqual([]);
      const [row] = await payouts.db.query<{ n: number }>('select count(distinct account_id)::int as n from payouts');
      expect(row?.n).toBe(rounds);
      expect((await payouts.bus.call(payoutsOperators.prove, {}, internalCaller({}, 60_000))).discrepancy).toBe('');
    });

    const withoutLock = (): void => {
      for (const app of [payouts.app, replica]) jest.spyOn(app.get(Ledger), 'lock').mockResolvedValue();
    };

    it('is paid out once even where nobody waits for anybody: the indexes hold', async () => {
      const accounts = await begin(3000, 5);
      withoutLock();
      for (const id of accounts) await press(id, 20);
      expect(await wrongs()).toEqual([]);
    });

    it('would be paid twice without locks and indexes, which the judge sees', async () => {
      const accounts = await begin(4000, 5);
      withoutLock();
      await payouts.db.query('alter table ledger_postings drop constraint ledger_postings_pkey');
      for (const index of INDEXES) await payouts.db.query(`drop index if exists ${index}`);
      for (const id of accounts) await press(id, 20);
      expect(await wrongs()).toContainEqual(expect.stringMatching(/^\d+ payouts of account/));
    });
  });
}
