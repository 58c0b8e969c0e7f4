import { accept, backEndOf, type DomainEvent, Refusal } from '@open-cpo/contracts';
import type { JsMsg } from '@nats-io/jetstream';
import { decode } from '@open-cpo/messaging';
import type { NewParkedEvent } from './retry/parking';
import { backoffAfter } from './retry/retry-lane';
import type { BatchEvent } from './batch';
import type { Consumption } from './consumes';
import { metaOfRaw, type RawEvent, rawOf, reasonText } from './dead-letter';

/** A message of the stream and the event that it holds. */
export interface Taken {
  readonly message: JsMsg;
  readonly event: BatchEvent;
}

export const messagesOf = (taken: readonly Taken[]): JsMsg[] => taken.map(({ message }) => message);

/** The name of a back end may follow the subject of its events. */
const covers = (filter: string, subject: string): boolean =>
  filter.endsWith('.*')
    ? subject.startsWith(filter.slice(0, -1))
    : filter === subject || (backEndOf(subject) !== undefined && subject.startsWith(`${filter}.`));

/** Of which type an event is; none where the filter is wider than what the consumer takes. */
export const typeOf = ({ domainEvents }: Consumption, subject: string): DomainEvent<unknown> | undefined =>
  domainEvents.find(({ filter }) => covers(filter, subject));

/** Bytes; tables index it. */
const LONGEST_ID = 512;

/** @throws for what is not as the event declares */
export function eventOf(domainEvent: DomainEvent<unknown>, raw: RawEvent): BatchEvent {
  if (Buffer.byteLength(raw.eventId) > LONGEST_ID) {
    throw new Refusal('validation_failed', { message: `Nats-Msg-Id is longer than ${LONGEST_ID} bytes.` });
  }
  const { input, errors } = accept(domainEvent.payload, decode(raw.data));
  errors.throwIfAny();
  return { domainEvent, payload: input, meta: metaOfRaw(raw) };
}

/** For the retry lane; without an error the event has not failed yet. Where order matters, it is kept for each subject. */
export function parkedEvent({ batch }: Consumption, message: JsMsg, error?: unknown): NewParkedEvent {
  const tries =
    error === undefined
      ? { attempts: 0, reason: null, after: 0 }
      : { attempts: 1, reason: reasonText(error), after: backoffAfter(1) };
  return { ...rawOf(message), key: batch ? null : message.subject, ...tries };
}
