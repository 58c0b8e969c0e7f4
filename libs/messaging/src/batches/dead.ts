import { headers, type JsMsg, type NatsConnection } from 'nats';
import type { FactMeta } from '@open-cpo/contracts';

/** Milliseconds for the stream's word that it has the message. */
const DEAD_ACK = 2000;

/** What a message says of itself. */
export const metaOf = ({ headers: head, info, seq, subject }: JsMsg): FactMeta => ({
  eventId: head?.get('Nats-Msg-Id') || `${info.stream}-${seq}`,
  aggregateId: subject.slice(subject.lastIndexOf('.') + 1),
  occurredAt: head?.get('occurred-at') ?? '',
});

/** Hands a message to the stream of dead ones, in the form in which operators list and replay them. */
export async function setAside(nats: NatsConnection, as: string, message: JsMsg, reason: unknown): Promise<void> {
  const { eventId, occurredAt } = metaOf(message);
  const head = headers();
  head.set('event-id', eventId);
  head.set('occurred-at', occurredAt);
  head.set('reason', String(reason).replace(/\s+/g, ' ').slice(0, 500));
  // Several consumers may set the same event aside.
  const options = { msgID: `${as}-${eventId}`, headers: head, timeout: DEAD_ACK };
  await nats.jetstream().publish(`dead.${as}.${message.subject}`, message.data, options);
  message.term();
}
