import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { cardsChanged } from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type RejectedEvent } from '@open-cpo/messaging';
import { LocalLists } from './local-lists';

/** Has the lists of chargers follow the cards of their accounts. */
@Injectable()
export class CardsConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly lists: LocalLists,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: 'chargers-cards',
      from: 'new',
      domainEvents: [cardsChanged],
      filter: 'facts.workforce.cards.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const accounts = events.flatMap((event) => (isOf(event, cardsChanged) ? [event.payload.account_id] : []));
    await this.lists.changed([...new Set(accounts)]);
    return [];
  }
}
