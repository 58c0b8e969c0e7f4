import { Injectable } from '@nestjs/common';
import type { Inbox } from '@open-cpo/events';
import { translate } from '../errors/translate';
import { Transactions } from '../transactions/transactions';

const REMEMBER = 'insert into inbox (consumer, event_id) values ($1, $2) on conflict do nothing returning 1';

/** Remembers handled events in the transaction of their effect. A second delivery waits for the first, then rests. */
@Injectable()
export class TransactionalInbox implements Inbox {
  constructor(private readonly transactions: Transactions) {}

  async once(consumer: string, eventId: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.transactions.run(async () => {
        const fresh = await this.transactions.query(REMEMBER, [consumer, eventId], 'inbox.remember');
        if (fresh.length > 0) await work();
      });
    } catch (error) {
      throw translate(error) ?? error;
    }
  }
}
