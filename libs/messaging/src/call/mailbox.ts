import { Refusal } from '@open-cpo/contracts';
import type { Msg, Subscription } from '@nats-io/transport-node';
import type { Broker } from '../broker';

/** Messages of one subscription, one at a time, each with its own patience. */
export class Mailbox {
  private readonly messages: AsyncIterator<Msg>;
  private readonly forget: () => void;
  private broken = false;
  private fail = (): void => undefined;

  constructor(
    private readonly subscription: Subscription,
    broker: Broker,
  ) {
    this.messages = subscription[Symbol.asyncIterator]();
    // What was under way is lost: the producer does not send it twice.
    this.forget = broker.whenDown(() => {
      this.broken = true;
      this.fail();
    });
  }

  /** @throws Refusal when nothing comes in time, or the connection breaks. */
  next(patience: number): Promise<Msg> {
    return new Promise((resolve, reject) => {
      const unavailable = (): void => reject(new Refusal('service_unavailable', { cause: 'the stream broke' }));
      if (this.broken) return unavailable();
      const late = (): void => reject(new Refusal('deadline_exceeded', { cause: 'the stream is silent' }));
      const timer = setTimeout(late, patience);
      this.fail = unavailable;
      this.messages
        .next()
        .then((result) => (result.done ? unavailable() : resolve(result.value)), unavailable)
        .finally(() => clearTimeout(timer));
    });
  }

  close(): void {
    this.forget();
    this.subscription.unsubscribe();
  }
}
