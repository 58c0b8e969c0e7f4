import { Refusal } from '@open-cpo/contracts';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { Broker } from '../broker';
import { HEADER, NO_BYTES, isNoResponder, throwRefusal } from '../wire';
import { isInboxFor } from '../proof/inboxes';
import { Mailbox } from './mailbox';
import { STREAM_SILENCE } from './timeouts';

/** A piece of a stream: `rows` JSON rows, separated by commas. A piece without rows goes on in the next one. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Nothing comes after it. Absent where that is not known. */
  readonly last?: boolean;
}

export interface Reception {
  readonly nats: NatsConnection;
  readonly broker: Broker;
  readonly inbox: string;
  /** Sends the request whose answer is the stream. */
  readonly ask: () => void;
}

/**
 * Receives a numbered stream of chunks. Each chunk is acknowledged when the consumer comes back for the next one, so
 * that a slow client slows the cursor down instead of filling memory. An acknowledgement without a receiver comes back
 * as the broker reports it: a producer that died is noticed without waiting.
 */
export async function* receive(reception: Reception): AsyncGenerator<Chunk> {
  const { nats, broker, inbox, ask } = reception;
  const mailbox = new Mailbox(nats.subscribe(inbox), broker);
  let control: string | undefined;
  let ended = false;
  try {
    ask();
    for (let expected = 0; ; expected += 1) {
      const message = await mailbox.next(STREAM_SILENCE);
      refuseBroken(message, expected);
      if (message.headers?.has(HEADER.end)) {
        ended = true;
        return;
      }
      // A producer acknowledges to itself alone.
      control = isInboxFor(broker.service, message.reply) ? message.reply : undefined;
      yield { bytes: message.data, rows: Number(message.headers?.get(HEADER.rows) ?? 0) };
      if (control) nats.publish(control, Buffer.from(String(expected)), { reply: inbox });
    }
  } finally {
    mailbox.close();
    if (!ended && control && !nats.isClosed()) nats.publish(control, NO_BYTES);
  }
}

function refuseBroken(message: Msg, expected: number): void {
  if (isNoResponder(message)) throw new Refusal('service_unavailable', { cause: 'nobody listens' });
  throwRefusal(message);
  const mark = message.headers?.get(HEADER.end) || message.headers?.get(HEADER.chunk);
  if (!mark || Number(mark) !== expected) {
    throw new Refusal('service_unavailable', { cause: `chunk ${expected} is missing` });
  }
}
