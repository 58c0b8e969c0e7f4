import { headers, type NatsConnection } from '@nats-io/transport-node';
import type { Broker } from '../broker';
import type { Chunk } from '../call/receive';
import { SLOWEST_CONSUMER } from '../call/timeouts';
import { HEADER, NO_BYTES } from '../wire';

/** Chunks under way at once: enough to keep the line busy, little enough to bound memory. */
const WINDOW = 8;
const CHUNK_BYTES = 128 * 1024;
/** Bytes of a message beside which there is room for headers, whatever the broker's limit is. */
export const LARGEST_CHUNK = 512 * 1024;

/** The consumer disconnected or stopped acknowledging; the producer stops without a response. */
export class Abandoned extends Error {}

/** Sends chunks to an inbox of `app`, at most `WINDOW` unacknowledged ones at a time. */
export class ChunkSender {
  private sent = 0;
  private acknowledged = 0;
  private gone = false;
  private wake = (): void => undefined;
  /** A subject of our own for acknowledgements, and for the broker's "no responders" for chunks. */
  private readonly control: string;

  constructor(
    private readonly nats: NatsConnection,
    private readonly broker: Broker,
    private readonly to: string,
    app: string,
  ) {
    this.control = broker.inbox(app);
  }

  /** Runs `produce` with the line open; resolves when the end mark is out. */
  async run(produce: () => Promise<void>): Promise<void> {
    const giveUp = (): void => {
      this.gone = true;
      this.wake();
    };
    const forget = this.broker.whenDown(giveUp);
    const subscription = this.nats.subscribe(this.control, {
      callback: (_error, message) => {
        if (message.data.length === 0) return giveUp();
        this.acknowledged = Number(message.string()) + 1;
        this.wake();
      },
    });
    try {
      await produce();
      if (this.gone) throw new Abandoned('the consumer disconnected');
      const head = headers();
      head.set(HEADER.end, String(this.sent));
      this.nats.publish(this.to, NO_BYTES, { headers: head });
    } finally {
      forget();
      // Not before a refusal is out: an acknowledgement without a receiver would mean to the consumer that the producer died.
      setImmediate(() => subscription.unsubscribe());
    }
  }

  /** @throws Abandoned when the consumer has gone or has been silent for too long. */
  async send(bytes: Uint8Array, rows = 0): Promise<void> {
    while (this.sent - this.acknowledged >= WINDOW && !this.gone) await this.acknowledgement();
    if (this.gone) throw new Abandoned('the consumer disconnected');
    const head = headers();
    head.set(HEADER.chunk, String(this.sent));
    if (rows) head.set(HEADER.rows, String(rows));
    this.sent += 1;
    this.nats.publish(this.to, bytes, { headers: head, reply: this.control });
  }

  private acknowledgement(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Abandoned('the consumer is silent')), SLOWEST_CONSUMER);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** A row larger than a message goes in pieces; only the last one has the number of rows, which shows that they are complete. */
export async function sendChunk(sender: ChunkSender, { bytes, rows }: Chunk): Promise<void> {
  let at = 0;
  for (; bytes.length - at > LARGEST_CHUNK; at += LARGEST_CHUNK) {
    await sender.send(bytes.subarray(at, at + LARGEST_CHUNK));
  }
  await sender.send(bytes.subarray(at), rows);
}

/** Streams bytes that were too large for one message. */
export async function sendBytes(sender: ChunkSender, bytes: Uint8Array): Promise<void> {
  await sender.run(async () => {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) await sender.send(bytes.subarray(at, at + CHUNK_BYTES));
  });
}
