import { Injectable } from '@nestjs/common';
import type { Link } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { Broker } from '../broker';
import { isNoResponders } from '../client-errors';
import { callerApp } from '../proof/inboxes';
import { decode, NO_BYTES } from '../wire';

/** Milliseconds that the word of a replica is waited for. */
const PATIENCE_MS = 2000;

/** `reached`: a replica has it and has heard. `nobody`: none has it, at once. `unknown`: no word came in time, or none could be asked. */
export type Reached = 'reached' | 'nobody' | 'unknown';

/** Reaches the replica that holds something alone: no list of who holds what, whose entries could be old. */
@Injectable()
export class Links {
  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  /** Hears what is said to the holder of a key, until the returned function is called; a reconnect goes on listening. */
  hold<T>({ subject }: Link<T>, key: number | string, heard: (said: T) => void): () => void {
    let subscription: Subscription | undefined;
    let ended = false;
    this.broker.whenUp((nats) => {
      if (ended) return;
      const callback = (error: Error | null, message: Msg): void => this.take(nats, error, message, heard);
      subscription = nats.subscribe(`${subject}.${key}`, { callback });
    });
    return () => {
      ended = true;
      subscription?.unsubscribe();
    };
  }

  /** Says something to the replica that holds a key. */
  async reach<T>({ subject }: Link<T>, key: number | string, said: T): Promise<Reached> {
    const { broker } = this;
    try {
      const reply = broker.inbox(broker.service);
      await broker
        .connection()
        .request(`${subject}.${key}`, JSON.stringify(said), { timeout: PATIENCE_MS, noMux: true, reply });
      return 'reached';
    } catch (error) {
      if (isNoResponders(error)) return 'nobody';
      this.log.warn('No word came from who holds something', { subject: `${subject}.${key}`, error });
      return 'unknown';
    }
  }

  private take<T>(nats: NatsConnection, error: Error | null, message: Msg, heard: (said: T) => void): void {
    // An error that reached the client library would break the connection.
    try {
      if (error) throw error;
      // A word to any other subject would be a message in our name.
      const { service } = this.broker;
      if (message.reply === undefined || callerApp(service, message.reply) !== service) return;
      nats.publish(message.reply, NO_BYTES);
      heard(decode(message.data) as T);
    } catch (problem) {
      this.log.error('What was said was passed over', { subject: message.subject, error: problem });
    }
  }
}
