import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { backEndOf, type EventMeta, Refusal } from '@open-cpo/contracts';
import type { Log } from '@open-cpo/platform';
import type { Broker } from '@open-cpo/messaging';
import type { ConsumerMeter } from './consumer-meters';

/** How long the stream may take to acknowledge a message. */
const ACK_TIMEOUT_MS = 2000;

const EVENT_ID = 'Nats-Msg-Id';

/** Why an event of ours without an id is not believed. */
export const NOT_PUBLISHED = 'It has no id (Nats-Msg-Id): no service published it.';

/** What a message says of itself. */
export const metaOf = ({ headers: head, info, seq, subject }: JsMsg): EventMeta => ({
  eventId: ownId(head?.get(EVENT_ID) || `${info.stream}-${seq}`, backEndOf(subject)),
  aggregateId: subject.slice(subject.lastIndexOf('.') + 1),
  occurredAt: head?.get('occurred-at') ?? '',
});

/** Ids are unique for a back end, not for all: `1` of another is another event. A replay has the id already. */
const ownId = (id: string, backEnd: string | undefined): string =>
  backEnd === undefined || id.startsWith(`${backEnd}/`) ? id : `${backEnd}/${id}`;

/** Which field and why, for the operator who corrects the event; of what a database refused, its error text. */
export function reasonText(reason: unknown): string {
  const text = reason instanceof Refusal ? refusalText(reason) : String(reason);
  return text.replace(/\s+/g, ' ').slice(0, 500);
}

function refusalText(refusal: Refusal): string {
  const { fields = {}, cause } = refusal;
  const named = Object.entries(fields).flatMap(([field, messages]) =>
    messages.map((message) => (message.includes(`The ${field} field`) ? message : `${field}: ${message}`)),
  );
  if (named.length > 0) return `${refusal.name}: ${named.join(' ')}`;
  return cause instanceof Error ? `${String(refusal)} (${cause.message})` : String(refusal);
}

/** An event as it came, whether from the stream or from the retry lane. */
export interface RawEvent {
  readonly eventId: string;
  readonly subject: string;
  readonly occurredAt: string;
  /** Microseconds since 1970; null where it is not known. */
  readonly storedAt: number | null;
  readonly data: Uint8Array;
}

export const rawOf = (message: JsMsg): RawEvent => {
  const { eventId, occurredAt } = metaOf(message);
  const storedAt = Math.floor(message.info.timestampNanos / 1000);
  return { eventId, occurredAt, storedAt, subject: message.subject, data: message.data };
};

export const metaOfRaw = ({ eventId, occurredAt, storedAt, subject }: RawEvent): EventMeta => ({
  eventId,
  occurredAt,
  storedAt: storedAt ?? undefined,
  aggregateId: subject.slice(subject.lastIndexOf('.') + 1),
  backEnd: backEndOf(subject),
});

interface DeadLetterParts {
  readonly broker: Broker;
  readonly consumption: { readonly as: string };
  readonly log: Log;
  readonly meter?: ConsumerMeter;
}

/** The dead letter queue, for one consumer. */
export class DeadLetters {
  constructor(private readonly parts: DeadLetterParts) {}

  /**
   * Stores an event once, in the form in which operators list and replay it.
   * @throws Refusal `service_unavailable` when the queue does not take it, which is not the fault of the event
   */
  async add({ eventId, occurredAt, subject, data }: RawEvent, cause: unknown): Promise<void> {
    const { broker, consumption, log, meter } = this.parts;
    const reason = reasonText(cause);
    const head = headers();
    head.set('event-id', eventId);
    head.set('occurred-at', occurredAt);
    head.set('reason', reason);
    // Several consumers may dead-letter the same event.
    const options = { msgID: `${consumption.as}-${eventId}`, headers: head, timeout: ACK_TIMEOUT_MS };
    try {
      await jetstream(broker.connection()).publish(`dead.${consumption.as}.${subject}`, data, options);
    } catch (error) {
      throw new Refusal('service_unavailable', { cause: error });
    }
    meter?.counted('set_aside');
    log.error('Event dead-lettered', { consumer: consumption.as, subject, event: eventId, reason });
  }
}
