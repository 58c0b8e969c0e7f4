import { ApiProperty } from '../core/documentation';
import { domainEvent } from '../core/domain-event';
import { asAscii, Day, Id, Int, Text } from '../fields';
import { field, type FieldOptions } from '../fields/field';

const CARD = /^[0-9A-F]{4,20}$/;
/** What readers and people write between the digits. */
const SEPARATORS = /[\s:.-]+/g;

/** A card's number as it is kept and compared: `04:a2:b1:c6` and `04 A2 B1 C6` are 04A2B1C6. */
export const cardNumber = (text: string): string => asAscii(text).replace(SEPARATORS, '').toUpperCase();

/** The number of a card that a worker can have; undefined for any other text that a charger may show. */
export function workersCard(text: string): string | undefined {
  const number = cardNumber(text);
  return CARD.test(number) ? number : undefined;
}

/**
 * The number of a card as a reader gives it: 4 to 20 hexadecimal (or decimal) digits, kept in upper case without the
 * blanks, colons and dashes that it may be written with.
 */
export const Rfid = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => (typeof raw === 'string' ? cardNumber(raw) || null : raw),
      judge: (value, label) => {
        if (typeof value !== 'string') return `The ${label} field must be a string.`;
        return CARD.test(value) ? undefined : `The ${label} field must have 4 to 20 hexadecimal digits.`;
      },
      docs: { type: String, pattern: '^[0-9A-Fa-f]([ :.-]?[0-9A-Fa-f]){3,19}$', example: '123456789012' },
    },
    options,
  );

const TAG = /^[0-9A-Za-z]{1,20}$/;

/** What a charger takes for a card: 1 to 20 letters or digits; the number of a worker's card also as readers write it. */
export const CardTag = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => (typeof raw === 'string' ? (workersCard(raw) ?? (asAscii(raw).trim() || null)) : raw),
      judge: (value, label) =>
        typeof value === 'string' && TAG.test(value)
          ? undefined
          : `The ${label} field must have 1 to 20 letters or digits.`,
      docs: { type: String, pattern: TAG.source },
    },
    { example: '04A2B1C6', ...options },
  );

export class CardQuery {
  /** The owner of the power center that the card was held to. */
  @Id() accountId: number;
  /** As the reader gave it, in any writing; one that no card can have is unknown. */
  @Text({ presence: 'required' }) rfid: string;
  /** Local day of the power center; by default today in UTC. */
  @Day() day?: string | null;
}

/** `removed`: the worker was removed and no other has the card. */
export const CARD_STATES = ['known', 'expired', 'removed', 'unknown'] as const;
export type CardState = (typeof CARD_STATES)[number];

export class CardWorker {
  @ApiProperty({ example: 34 }) id: number;
  @ApiProperty({ example: 'service test 2' }) name: string;
}

/** What a card is worth; only `known` ones may start a session. */
export class CardHolder {
  @ApiProperty({ enum: CARD_STATES }) state: CardState;
  /** The worker who has it or had it last; null when there was none. */
  @ApiProperty({ type: CardWorker, nullable: true }) worker: CardWorker | null;
}

export class CardsQuery {
  @Id() accountId: number;
  /** How many at most: the cards of the workers who were entered last. */
  @Int({ min: 1, max: 5000, presence: 'required' }) limit: number;
}

export class ListedCard {
  @ApiProperty({ example: '04A2B1C6' }) rfid: string;
  /** Its last day. */
  @ApiProperty({ example: '2026-12-31', format: 'date' }) expire_at: string;
}

/** Cards that a worker has and that have not expired. */
export class ListedCards {
  @ApiProperty({ type: [ListedCard] }) cards: ListedCard[];
  /** How many there are. */
  @ApiProperty({ example: 1 }) total: number;
}

/** Cards of an account were issued, changed or revoked: copies of them are read again. */
export class CardsChanged {
  @Id() account_id: number;
}

export const cardsChanged = domainEvent('workforce.cards.changed', CardsChanged);
