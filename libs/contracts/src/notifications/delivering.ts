import { ApiProperty } from '../core/documentation';
import { job } from '../core/domain-event';
import { operations, read } from '../core/operation';
import { Bool, Int, Text } from '../fields';

/** Has one event sent to one endpoint; the queue holds its number alone. */
export class DeliverEvent {
  @Int({ min: 1, max: Number.MAX_SAFE_INTEGER, presence: 'required' }) id: number;
}

/** What is to be sent, signed for the moment at which it was asked for. */
export class DeliveryRequest {
  /** Null: nothing is to be done any more. */
  @ApiProperty({ nullable: true, type: String }) url: string | null;
  @ApiProperty() headers: Record<string, string>;
  @ApiProperty() body: string;
}

/** How a try went. */
export class DeliveryOutcome extends DeliverEvent {
  /** HTTP status of the answer; absent when there was none. */
  @Int({ min: 100, max: 599 }) response_status?: number | null;
  /** Why there was none, in words that may be shown to the owner. */
  @Text({ max: 200 }) error?: string | null;
  /** False: for a reason of the worker's own the endpoint was not asked. Neither a try nor a failure. */
  @Bool() tried?: boolean | null;
}

export class DeliveryStanding {
  /** Whether it has arrived, or is given up: no further try follows. */
  @ApiProperty() done: boolean;
  /** Tries so far, over all jobs that the delivery has had. */
  @ApiProperty({ type: 'integer' }) tries: number;
}

/** For the worker; no route leads here. */
export const delivering = operations('notifications.delivering', {
  /** Counts a try. Not `write`: nothing is repeated by a key. */
  begin: read(DeliverEvent, DeliveryRequest),
  finish: read(DeliveryOutcome, DeliveryStanding),
});

/** Tries of one delivery: after 5 s, 10 s, 20 s and so on, about 23 hours in all. */
export const DELIVERY_TRIES = 15;
/** Tries of a test, whose sender looks on: about 15 seconds. */
export const PING_TRIES = 3;

export const deliverEvent = job('webhooks', DeliverEvent, DELIVERY_TRIES, 5000);
