import { Injectable } from '@nestjs/common';
import { accept, type DomainEvent, type Dto, type Topic } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { Broker } from '../broker';
import { isNoResponders } from '../client-errors';
import { callerApp } from '../proof/inboxes';
import { isPublished } from '../published';
import { decode, encode, NO_BYTES } from '../wire';

/** Milliseconds that the reply of a replica is waited for. */
const REPLY_TIMEOUT_MS = 2000;

/** The reply of a replica that does not hold it. */
const NOT_HELD = new Uint8Array([0]);

type Key = number | string;

/** `reached`: a replica holds it and has received the message. `no_holder`: none holds it, at once. `unknown`: no reply came in time, or none could be asked. */
export type Reached = 'reached' | 'no_holder' | 'unknown';

/** How a subscriber knows when it may have missed messages. */
export interface Follower {
  readonly received: (key: string) => void;
  /** Messages may be missed from now on, until `resumed`. */
  readonly interrupted: () => void;
  readonly resumed: () => void;
}

interface SubscribeOptions<P> {
  /** Messages of this key alone; without it those of all. */
  readonly key?: Key;
  /** No more of an event's payload is read than this declares. */
  readonly part?: Dto<P>;
}

/**
 * Messages to every current subscriber, without a memory: for caches, not for records. What is missed while the broker is
 * unavailable has to be read again afterwards (see `Broker.whenBack`).
 */
@Injectable()
export class Broadcast {
  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  /**
   * Publishes a message once; it is lost while the broker is unavailable. On one connection, and one broker, it arrives before
   * any request that was caused by what is sent after it.
   */
  publish<T>({ subject, filter }: Topic<T>, key: Key, message: T): void {
    this.broker.uses?.publish({ filter });
    if (!this.broker.connected) return;
    try {
      this.broker.connection().publish(`${subject}.${key}`, encode(message));
    } catch (error) {
      // What was written stays written, whether or not others receive it at once.
      this.log.warn('A message could not be published', { error, subject });
    }
  }

  /** Waits until the broker has what was published. */
  flush(): Promise<void> {
    return this.broker.flush();
  }

  /** Receives messages, or events as they happen, until the returned function is called; a reconnect goes on listening. */
  subscribe<T, P = T>(
    source: Topic<T> | DomainEvent<T>,
    onMessage: (message: P, key: string) => void,
    { key, part }: SubscribeOptions<P> = {},
  ): () => void {
    const { subject, filter } = source;
    this.broker.uses?.watch({ filter });
    return this.listen(key === undefined ? filter : `${subject}.${key}`, (message) => {
      const payload = 'payload' in source ? this.payloadOf(message, part ?? source.payload) : decode(message.data);
      onMessage(payload as P, message.subject.slice(subject.length + 1));
    });
  }

  /** Receives the keys of messages, from `resumed` on. */
  follow(topic: Topic<void>, { received, interrupted, resumed }: Follower): void {
    let connection = 0;
    const begin = async (): Promise<void> => {
      const own = (connection += 1);
      await this.broker.flush();
      if (own === connection && this.broker.connected) resumed();
    };
    const tryBegin = (): void =>
      void begin().catch((error: unknown) =>
        this.log.warn('Messages are not followed', { error, subject: topic.subject }),
      );
    this.subscribe(topic, (_, key) => received(key));
    this.broker.whenUp(tryBegin);
    this.broker.whenDown(() => {
      connection += 1;
      interrupted();
    });
    this.broker.whenBack(tryBegin);
  }

  /** Sends a message to the replica that holds a key: no list says who holds what, whose entries could be old. */
  async request<T>({ subject, filter }: Topic<T>, key: Key, message: T): Promise<Reached> {
    const { broker } = this;
    broker.uses?.link({ filter });
    try {
      const options = { timeout: REPLY_TIMEOUT_MS, noMux: true, reply: broker.inbox(broker.service) };
      const reply = await broker.connection().request(`${subject}.${key}`, encode(message), options);
      return reply.data.length === 0 ? 'reached' : 'no_holder';
    } catch (error) {
      if (isNoResponders(error)) return 'no_holder';
      this.log.warn('The holder of a key did not reply', { subject: `${subject}.${key}`, error });
      return 'unknown';
    }
  }

  /**
   * Receives the messages to the holder of a key, or of all keys (`*`), until the returned function is called. `onMessage`
   * says whether this process holds it; undefined leaves the reply to others.
   */
  respond<T>(
    { subject, filter }: Topic<T>,
    key: Key,
    onMessage: (message: T, key: string) => boolean | undefined,
  ): () => void {
    this.broker.uses?.link({ filter });
    return this.listen(`${subject}.${key}`, (message) => {
      const { reply = '' } = message;
      // A reply to any other subject would be a message in our name.
      if (callerApp(this.broker.service, reply) !== this.broker.service) return;
      const payload = decode(message.data) as T;
      let held: boolean | undefined = true;
      try {
        held = onMessage(payload, message.subject.slice(subject.length + 1));
      } finally {
        // Also what breaks the work is received.
        if (held !== undefined) this.broker.connection().publish(reply, held ? NO_BYTES : NOT_HELD);
      }
    });
  }

  private payloadOf({ headers, data }: Msg, payload: Dto<unknown>): unknown {
    if (!isPublished({ headers })) throw new Error('no service published it');
    const { input, errors } = accept(payload, decode(data));
    errors.throwIfAny();
    return input;
  }

  private listen(filter: string, receive: (message: Msg) => void): () => void {
    let subscription: Subscription | undefined;
    let ended = false;
    this.broker.whenUp((nats) => {
      if (ended) return;
      const callback = (error: Error | null, message: Msg): void => {
        // An error that reached the client library would break the connection.
        try {
          if (error) throw error;
          receive(message);
        } catch (problem) {
          this.log.error('A message was ignored', { subject: message.subject ?? filter, error: problem });
        }
      };
      subscription = nats.subscribe(filter, { callback });
    });
    return () => {
      ended = true;
      subscription?.unsubscribe();
    };
  }
}
