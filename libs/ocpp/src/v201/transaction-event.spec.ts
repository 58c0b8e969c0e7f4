import { readRequest, transactionOf } from './index';

const eventOf = (payload: object) => readRequest('TransactionEvent', payload as Record<string, unknown>).value;

describe('a TransactionEvent', () => {
  it.each([
    { transactionInfo: { transactionId: 'a-7' } },
    { transactionId: 'a-7' },
    { transactionInfo: {}, transactionId: 7 },
    { transactionInfo: { transactionId: true } },
    { transactionInfo: { transactionId: ' 7\n' } },
    { transactionInfo: { transactionId: {} }, transactionId: 'b' },
    { transactionInfo: 'a-7', transactionId: false },
    { transactionInfo: { transactionId: '' } },
    {},
  ])('names the same transaction before and after it is read: %j', (payload) => {
    expect(transactionOf('TransactionEvent', payload)).toBe(eventOf(payload).transaction ?? '');
  });

  it('names a start from afar by a number that can be one', () => {
    const startOf = (remoteStartId: unknown) => eventOf({ transactionInfo: { remoteStartId } }).remoteStart;
    expect([startOf(7), startOf('7'), startOf(2 ** 31 - 1)]).toEqual([7, 7, 2 ** 31 - 1]);
    for (const none of [undefined, null, 0, -1, 2 ** 31, 'x', {}]) expect(startOf(none)).toBeUndefined();
  });

  it('has no number where the number is not a safe integer', () => {
    for (const seqNo of [1e20, -1e20, 2 ** 53, '1e20', '99999999999999999999', null, {}]) {
      expect(eventOf({ seqNo }).seqNo).toBeUndefined();
    }
    expect(eventOf({ seqNo: 2 ** 53 - 1 }).seqNo).toBe(2 ** 53 - 1);
  });
});
