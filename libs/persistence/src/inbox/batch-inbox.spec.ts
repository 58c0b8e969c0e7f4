import type { BatchEvent } from '@open-cpo/events';
import type { Transactions } from '../transactions/transactions';
import { BatchInbox } from './batch-inbox';

const event = (eventId: string, payload: string) => ({ meta: { eventId }, payload }) as unknown as BatchEvent;

describe('the inbox of a batch', () => {
  it('takes the first of several events with one id, in the order in which they came', async () => {
    const query = (_: string, [, ids]: [string, string[]]) => Promise.resolve(ids.map((event_id) => ({ event_id })));
    const inbox = new BatchInbox({ query } as unknown as Transactions);
    const fresh = await inbox.fresh('test', [event('b', 'first'), event('a', 'only'), event('b', 'second')]);
    expect(fresh.map(({ meta, payload }) => [meta.eventId, payload])).toEqual([
      ['b', 'first'],
      ['a', 'only'],
    ]);
  });
});
