import { Refusal } from '@open-cpo/contracts';
import { type Msg, type NatsConnection, type Subscription } from 'nats';
import { HEADER, NO_BYTES, throwRefusal } from '../wire';
import { STREAM_SILENCE, transportRefusal } from './timeouts';

/** A piece of a stream: `rows` JSON rows, separated by commas. A piece without rows goes on in the next one. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
}

/**
 * Receives a numbered stream of chunks. Each chunk is acknowledged when the consumer comes back for the next one, so
 * that a slow client slows the cursor down instead of filling memory.
 */
export async function* receive(
  nats: NatsConnection,
  inbox: string,
  ask: () => void,
  patience = STREAM_SILENCE,
): AsyncGenerator<Chunk> {
  const mailbox = new Mailbox(nats.subscribe(inbox), inbox);
  let control = '';
  let ended = false;
  try {
    ask();
    for (let expected = 0; ; expected += 1) {
      const message = await mailbox.next(expected === 0 ? patience : STREAM_SILENCE);
      refuseBroken(message, expected);
      if (message.headers?.has(HEADER.end)) {
        ended = true;
        return;
      }
      control = message.headers?.get(HEADER.control) ?? '';
      yield { bytes: message.data, rows: Number(message.headers?.get(HEADER.rows) ?? 0) };
      nats.publish(control, Buffer.from(String(expected)));
    }
  } finally {
    mailbox.close();
    if (!ended && control && !nats.isClosed()) nats.publish(control, NO_BYTES);
  }
}

function refuseBroken(message: Msg, expected: number): void {
  if (message.headers?.code === 503) throw new Refusal('service_unavailable', { cause: 'nobody listens' });
  throwRefusal(message);
  const mark = message.headers?.get(HEADER.end) || message.headers?.get(HEADER.chunk);
  if (Number(mark) !== expected) throw new Refusal('service_unavailable', { cause: `chunk ${expected} is missing` });
}

/** Messages of one subscription, one at a time, each with its own patience. */
class Mailbox {
  private readonly messages: AsyncIterator<Msg>;

  constructor(
    private readonly subscription: Subscription,
    private readonly subject: string,
  ) {
    this.messages = subscription[Symbol.asyncIterator]();
  }

  async next(patience: number): Promise<Msg> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Refusal('deadline_exceeded', { cause: 'the stream is silent' })), patience);
    });
    try {
      const { value, done } = await Promise.race([this.messages.next(), late]);
      if (done) throw new Refusal('service_unavailable', { cause: 'the stream broke' });
      return value as Msg;
    } catch (error) {
      throw transportRefusal(error, this.subject);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.subscription.unsubscribe();
  }
}
