import { ApiProperty } from '../core/documentation';
import { ListQuery } from '../core/list-query';
import { nothing, operations, page, read, stream, write } from '../core/operation';
import { Day, Email, Id, Text } from '../fields';
import type { FieldOptions } from '../fields/field';
import { CardHolder, CardQuery, CardsQuery, ListedCards, Rfid } from './cards';

/** Someone who serves an owner's power centers and takes cash there. */
export class Worker {
  @ApiProperty({ example: 34 }) id: number;
  @ApiProperty({ example: 'service' }) first_name: string;
  @ApiProperty({ example: 'test 2' }) last_name: string;
  /** Both names. */
  @ApiProperty({ example: 'service test 2' }) name: string;
  @ApiProperty({ example: 'worker@example.com' }) email: string;
  /** Upper case; null for workers from before cards were required. */
  @ApiProperty({ example: '123131321123', nullable: true, type: String }) rfid: string | null;
  /** Last day of the card; "1970-01-01" for workers from before one was required. */
  @ApiProperty({ example: '2025-03-31', format: 'date' }) expire_at: string;
  /** In the account's currency, without trailing zeros: "250.5"; null until the first cash. */
  @ApiProperty({ example: '0', nullable: true, type: String }) cash_on_hands: string | null;
}

export class WorkerRef {
  @Id() id: number;
}

/** The same worker where the reference calls the parameter so (L4250). */
export class WorkerCashRef {
  @Id() worker_id: number;
}

/** The search looks into names, e-mail addresses and cards. */
export class ListWorkers extends ListQuery {}

// Fields as the reference calls them in its messages (L4418-4434).
const FirstName = (presence: FieldOptions['presence']) => Text({ presence, as: 'firstname', example: 'John' });
const LastName = (presence: FieldOptions['presence']) => Text({ presence, as: 'lastname', example: 'Doe' });
const Address = (presence: FieldOptions['presence']) =>
  Email({ presence, as: 'e-mail address', example: 'worker@example.com' });
const LastDay = (presence: FieldOptions['presence']) =>
  Day({ presence, as: 'expiration date', example: '2025-12-31', description: 'Last day of the card.' });

export class CreateWorker {
  @FirstName('required') first_name: string;
  @LastName('required') last_name: string;
  @Address('required') email: string;
  @Rfid({ presence: 'required', example: '123131321123' }) rfid: string;
  @LastDay('required') expire_at: string;
}

/** PUT: all five are required. */
export class ReplaceWorker extends CreateWorker {
  @Id() id: number;
}

/** PATCH: what is absent stays; what is there must not be empty. */
export class ChangeWorker {
  @Id() id: number;
  @FirstName('filled') first_name?: string;
  @LastName('filled') last_name?: string;
  @Address('filled') email?: string;
  @Rfid({ presence: 'filled', example: '123131321123' }) rfid?: string;
  @LastDay('filled') expire_at?: string;
}

export const workforceWorkers = operations('workforce.workers', {
  /** One page, newest first. */
  table: read(ListWorkers, page(Worker)),
  /** All rows, newest first. */
  all: stream(ListWorkers, Worker),
  one: read(WorkerRef, Worker),
  create: write(CreateWorker, Worker, { audit: 'workers.create' }),
  replace: write(ReplaceWorker, Worker, { audit: 'workers.update' }),
  change: write(ChangeWorker, Worker, { audit: 'workers.update' }),
  /** The history of cash stays, and the card may be given to another worker. */
  remove: write(WorkerRef, nothing, { audit: 'workers.delete' }),
  /** Hands all cash over to the owner: a movement of its own. Nothing happens when there is none. */
  resetBalance: write(WorkerCashRef, nothing, { audit: 'workers.reset-balance' }),
  /** Whose card was held to a charger; for the charging side, without an identity. */
  byCard: read(CardQuery, CardHolder),
  /** The cards that may start sessions; for the charging side, without an identity. */
  cards: read(CardsQuery, ListedCards),
});
