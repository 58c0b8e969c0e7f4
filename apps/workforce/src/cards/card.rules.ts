import type { CardState } from '@open-cpo/contracts';

/** What is known of a card. */
export interface Card {
  /** Its last day as `YYYY-MM-DD`; null for cards from before there was one, which owners see as long expired. */
  readonly expire_at: string | null;
  /** Whether the worker who had it is gone. */
  readonly removed: boolean;
}

/** What a card is worth on a day (`YYYY-MM-DD`). */
export function cardState(card: Card | undefined, day: string): CardState {
  if (!card) return 'unknown';
  if (card.removed) return 'removed';
  return card.expire_at !== null && day <= card.expire_at ? 'known' : 'expired';
}
