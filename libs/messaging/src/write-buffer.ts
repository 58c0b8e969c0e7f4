import type { NatsConnection, PublishOptions } from '@nats-io/transport-node';

/** A message on its way out. */
export interface Post {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly options?: PublishOptions;
  /** Told when it could not leave. */
  readonly failed?: (error: unknown) => void;
}

/**
 * Messages of one turn of the event loop leave together. Each write to the socket costs more than most messages do, on
 * our side and on the broker's.
 */
export class WriteBuffer {
  private waiting: Post[] = [];
  private readonly leave = (): void => this.flush();

  constructor(private readonly connection: () => NatsConnection | undefined) {}

  add(post: Post): void {
    if (this.waiting.push(post) === 1) setImmediate(this.leave);
  }

  /** Hands over what waits. What cannot leave concerns its sender alone. */
  flush(): void {
    const posts = this.waiting;
    this.waiting = [];
    const nats = this.connection();
    for (const { subject, data, options, failed } of posts) {
      try {
        nats?.publish(subject, data, options);
      } catch (error) {
        failed?.(error);
      }
    }
  }
}
