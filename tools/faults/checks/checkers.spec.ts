import { Journal } from '../journal/journal';
import { type Outcome, Tally } from '../load/tally';
import { ledgerProblems } from './ledger';
import { mailsOnce } from './mails';
import { failuresOf } from './failures';
import { transferProblems } from './transfers';

describe('the checker of the ledger', () => {
  const well = { unbalanced: '0', total: '0.00000000', negative: '0', twice: '0' };

  it('is content with zeros', () => {
    expect(ledgerProblems(well)).toEqual([]);
  });

  it.each([
    [{ unbalanced: '2' }, '2 transactions do not sum to zero'],
    [{ total: '0.01' }, 'the whole ledger sums to 0.01'],
    [{ negative: '1' }, '1 owners were paid more than was reserved'],
    [{ twice: '3' }, '3 transactions were posted twice'],
  ])('goes red for %j', (change, problem) => {
    expect(ledgerProblems({ ...well, ...change })).toEqual([problem]);
  });
});

describe('the checker of transfers', () => {
  const transfer = (group: string, amount: number) => ({
    id: 'tr',
    amount,
    currency: 'usd',
    destination: 'acct',
    transfer_group: group,
  });
  const paid = { key: 'a', status: 'paied', cents: '1250' };

  it('wants one for each payout that was paid, and none for one that failed', () => {
    const failed = { key: 'b', status: 'failed', cents: '99' };
    expect(transferProblems([paid, failed], [transfer('a', 1250)])).toEqual([]);
  });

  it.each([
    ['none', [], '0 transfers of a payout that is paied'],
    ['two', [transfer('a', 1250), transfer('a', 1250)], '2 transfers of a payout that is paied'],
    ['one of another amount', [transfer('a', 1251)], '1251 cents paid for 1250'],
  ])('goes red for %s', (_, transfers, problem) => {
    expect(transferProblems([paid], transfers)).toEqual([problem]);
  });

  it('goes red for money that nobody asked for', () => {
    expect(transferProblems([], [transfer('c', 1)])).toEqual(['a transfer of no payout: c']);
  });
});

describe('the checker of mails', () => {
  const journal = new Journal();
  journal.begin('invitation', 'a').acknowledged = true;
  journal.begin('invitation', 'b');
  const mail = (mark: string, id: string) => ({ to: [`${mark}@faults.test`], headers: { 'Message-ID': id } });

  it('wants one for each that was acknowledged', () => {
    expect(mailsOnce(journal, [mail('a', '1')])).toEqual([]);
    expect(mailsOnce(journal, [])).toEqual(['0 mails to a@faults.test']);
  });

  it('takes the same message twice for one, and two messages for two', () => {
    expect(mailsOnce(journal, [mail('a', '1'), mail('a', '1')])).toEqual([]);
    expect(mailsOnce(journal, [mail('a', '1'), mail('a', '2')])).toEqual(['2 mails to a@faults.test']);
  });

  it('does not look for those who were forgotten', () => {
    const closed = new Journal();
    closed.begin('invitation', 'c').acknowledged = true;
    closed.forget('invitation');
    expect(mailsOnce(closed, [])).toEqual([]);
  });
});

describe('the checker of failures', () => {
  const tallyOf = (...endings: [service: string, ending: Outcome['ending']][]): Tally => {
    const tally = new Tally();
    for (const [service, ending] of endings) {
      const outcome = { ending, status: 500, milliseconds: 1, headers: new Headers(), body: Buffer.alloc(0) };
      tally.add(service, 'GET /', outcome);
    }
    return tally;
  };

  it('lets fail what was hit, if it says so', () => {
    expect(failuresOf(tallyOf(['orders', 'unavailable'], ['auth', 'done']), ['orders'], false)).toEqual({
      unexpected: [],
      others: [],
    });
  });

  it('goes red for a failure without a word', () => {
    expect(failuresOf(tallyOf(['orders', 'error']), 'all', false).unexpected).toHaveLength(1);
  });

  it('goes red for what had nothing to do with it', () => {
    const { others } = failuresOf(tallyOf(['auth', 'unavailable'], ['auth', 'done']), ['orders'], false);
    expect(others).toEqual(['1 of 2 requests of auth failed, such as GET /: 500']);
  });

  it('lets connections break where a gateway dies, and nowhere else', () => {
    const cut = tallyOf(['auth', 'cut']);
    expect(failuresOf(cut, [], true)).toEqual({ unexpected: [], others: [] });
    expect(failuresOf(cut, 'all', false).unexpected).toEqual(['1 connections were cut']);
  });
});
