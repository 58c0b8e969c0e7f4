import { Injectable } from '@nestjs/common';
import { cardsChanged } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { LocalLists } from './local-lists';

/** Has the lists of chargers follow the cards of their accounts. */
@Injectable()
export class CardsConsumer {
  constructor(private readonly lists: LocalLists) {}

  @ConsumesBatch([cardsChanged], { as: 'chargers-cards', from: 'new', filter: 'facts.workforce.cards.>' })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const accounts = events.flatMap((event) => (isOf(event, cardsChanged) ? [event.payload.account_id] : []));
    await this.lists.changed([...new Set(accounts)]);
    return [];
  }
}
