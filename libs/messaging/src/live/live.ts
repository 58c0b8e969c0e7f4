import { Injectable } from '@nestjs/common';
import type { Topic } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { Broker } from '../broker';
import { decode } from '../wire';

/** Tells what is new to whoever listens at this moment. What is missed has to be found out by asking. */
@Injectable()
export class Live {
  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  /** Says it once; it is lost while the broker is unavailable. */
  tell<T>({ subject, filter }: Topic<T>, key: number | string, news: T): void {
    this.broker.uses?.publish({ filter });
    if (!this.broker.connected) return;
    this.broker.connection().publish(`${subject}.${key}`, JSON.stringify(news));
  }

  /** Listens to one key until the returned function is called; a reconnect goes on listening. */
  listen<T>({ subject, filter }: Topic<T>, key: number | string, onMessage: (news: T) => void): () => void {
    this.broker.uses?.watch({ filter });
    let subscription: Subscription | undefined;
    let ended = false;
    this.broker.whenUp((nats) => {
      if (!ended) subscription = this.subscribe(nats, `${subject}.${key}`, onMessage);
    });
    return () => {
      ended = true;
      subscription?.unsubscribe();
    };
  }

  private subscribe<T>(nats: NatsConnection, name: string, onMessage: (news: T) => void): Subscription {
    return nats.subscribe(name, {
      callback: (error, { data }) => {
        // An error that reached the client library would break the connection.
        try {
          if (error) throw error;
          onMessage(decode(data) as T);
        } catch (problem) {
          this.log.error('News passed over', { subject: name, error: problem });
        }
      },
    });
  }
}
