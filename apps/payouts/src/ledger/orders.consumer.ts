import { Injectable } from '@nestjs/common';
import { orderCompleted, orderReversed, Refusal } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { Ledger } from './ledger';
import { completedEntry, type Entry, reversedEntry } from './ledger.rules';

/**
 * Posts the events of orders, in any order and any number of times: the ledger takes each revision of an order once, and a
 * sum does not mind what came first.
 */
@Injectable()
export class OrdersConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
  ) {}

  /** One transaction; what has no proper amounts is dead-lettered for people to look at, not dropped. */
  @ConsumesBatch([orderCompleted, orderReversed], { as: 'payouts-orders', filter: 'facts.orders.orders.>' })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const entries: Entry[] = [];
    const rejectedEvents: RejectedEvent[] = [];
    for (const event of events) {
      try {
        entries.push(...entryOf(event));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        rejectedEvents.push({ eventId: event.meta.eventId, reason: JSON.stringify(error.fields) });
      }
    }
    await this.transactions.run(() => this.ledger.post(entries));
    return rejectedEvents;
  }
}

function entryOf(event: BatchEvent): Entry[] {
  if (isOf(event, orderReversed)) return [reversedEntry(event.payload)];
  return isOf(event, orderCompleted) ? [completedEntry(event.payload)] : [];
}
