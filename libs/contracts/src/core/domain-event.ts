import type { Dto } from './operation';

/**
 * Something that happened, published at least once to all its consumers. Our own events leave through the outbox of the service
 * that owns them, in order per aggregate, on `facts.<service>.<resource>.<event>.<aggregate id>`.
 */
export interface DomainEvent<T> {
  /** Subject without the aggregate's id. */
  readonly subject: string;
  /** What a consumer listens for. */
  readonly filter: string;
  readonly stream: 'FACTS' | 'CHARGING';
  readonly payload: Dto<T>;
}

/** Declares an event of ours: `event('auth.accounts.changed', AccountChanged)`. */
export const domainEvent = <T>(name: `${string}.${string}.${string}`, payload: Dto<T>): DomainEvent<T> =>
  Object.freeze({ subject: `facts.${name}`, filter: `facts.${name}.*`, stream: 'FACTS', payload });

/** Declares an event of a charging back end: `charging('connector.status', ConnectorStatus)`. */
export const charging = <T>(name: string, payload: Dto<T>): DomainEvent<T> =>
  Object.freeze({ subject: `charging.${name}`, filter: `charging.${name}`, stream: 'CHARGING', payload });

/** What a consumer gets beside the payload. */
export interface EventMeta {
  /** Unique for ever; a consumer that has seen it does nothing. */
  readonly eventId: string;
  /** Last part of the subject of our own facts. */
  readonly aggregateId: string;
  /** ISO 8601, when it happened; empty when the publisher did not say. */
  readonly occurredAt: string;
  /** When the stream stored it, in microseconds since 1970; the order in which events were received. */
  readonly storedAt?: number;
  /** The charging back end that published it, as the broker says; absent with the shared credential. */
  readonly backEnd?: string;
}

/** A back end publishes `charging.session.started`; the broker adds its name: `charging.session.started.acme`. */
export function backEndOf(subject: string): string | undefined {
  const [stream, , , backEnd] = subject.split('.');
  return stream === 'charging' ? backEnd : undefined;
}

/** A unit of work for the worker: `job('emails', SendEmail)`; the queue has the job's name. */
export interface Job<T> {
  readonly queue: string;
  readonly payload: Dto<T>;
  /** Tries before it counts as failed. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubles with each further one, with jitter. */
  readonly backoff: number;
  /** Milliseconds, at most, by which the first attempt is delayed; how long is random for each job. */
  readonly spread: number;
}

export const job = <T>(queue: string, payload: Dto<T>, attempts = 8, backoff = 2000, spread = 0): Job<T> =>
  Object.freeze({ queue, payload, attempts, backoff, spread });
