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

/** The word of a replica that does not hold it. */
const NOT_HELD = new Uint8Array([0]);

/** `reached`: a replica holds it and has received the message. `no_holder`: none holds it, at once. `unknown`: no word came in time, or none could be asked. */
export type Reached = 'reached' | 'no_holder' | 'unknown';

/** Reaches the replica that holds something alone: no list of who holds what, whose entries could be old. */
@Injectable()
export class Links {
  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  /**
   * Receives the messages to the holder of a key, until the returned function is called; a reconnect goes on listening. Where
   * `onMessage` answers false, this process does not hold what the message is about.
   */
  hold<T>({ subject, filter }: Link<T>, key: number | string, onMessage: (said: T) => unknown): () => void {
    this.broker.uses?.link({ filter });
    return this.subscribe(`${subject}.${key}`, (nats, message) => {
      if (!this.isOurs(message)) return;
      const said = decode(message.data) as T;
      this.reply(nats, message, () => onMessage(said) !== false);
    });
  }

  /** Receives the messages to all keys, for the lifetime of the process; those that `isHeld` does not know are left to others. */
  holdAll<T>(
    { subject, filter }: Link<T>,
    isHeld: (key: string) => boolean,
    onMessage: (key: string, said: T) => void,
  ): void {
    this.broker.uses?.link({ filter });
    this.subscribe(filter, (nats, message) => {
      const key = message.subject.slice(subject.length + 1);
      if (!this.isOurs(message) || !isHeld(key)) return;
      const said = decode(message.data) as T;
      this.reply(nats, message, () => {
        onMessage(key, said);
        return true;
      });
    });
  }

  /** Says something to the replica that holds a key. */
  async reach<T>({ subject, filter }: Link<T>, key: number | string, said: T): Promise<Reached> {
    const { broker } = this;
    broker.uses?.link({ filter });
    try {
      const reply = broker.inbox(broker.service);
      const options = { timeout: PATIENCE_MS, noMux: true, reply };
      const word = await broker.connection().request(`${subject}.${key}`, JSON.stringify(said), options);
      return word.data.length === 0 ? 'reached' : 'no_holder';
    } catch (error) {
      if (isNoResponders(error)) return 'no_holder';
      this.log.warn('No word came from who holds something', { subject: `${subject}.${key}`, error });
      return 'unknown';
    }
  }

  private subscribe(subject: string, take: (nats: NatsConnection, message: Msg) => void): () => void {
    let subscription: Subscription | undefined;
    let ended = false;
    this.broker.whenUp((nats) => {
      if (ended) return;
      const callback = (error: Error | null, message: Msg): void => {
        // An error that reached the client library would break the connection.
        try {
          if (error) throw error;
          take(nats, message);
        } catch (problem) {
          this.log.error('What was said was passed over', { subject: message.subject, error: problem });
        }
      };
      subscription = nats.subscribe(subject, { callback });
    });
    return () => {
      ended = true;
      subscription?.unsubscribe();
    };
  }

  /** A word to any other subject would be a message in our name. */
  private isOurs({ reply }: Msg): boolean {
    const { service } = this.broker;
    return reply !== undefined && callerApp(service, reply) === service;
  }

  /** Also what breaks the work is received. */
  private reply(nats: NatsConnection, { reply = '' }: Msg, work: () => boolean): void {
    let held = true;
    try {
      held = work();
    } finally {
      nats.publish(reply, held ? NO_BYTES : NOT_HELD);
    }
  }
}
