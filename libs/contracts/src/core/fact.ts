import type { Dto } from './operation';

/**
 * Something that happened, told to whoever cares: at least once, in order per aggregate, through the outbox of the
 * service that owns it. The subject is `facts.<service>.<resource>.<event>.<aggregate id>`.
 */
export interface Fact<T> {
  readonly subject: string;
  readonly service: string;
  readonly payload: Dto<T>;
}

/** Declares a fact: `fact('auth.accounts.changed', AccountChanged)`. */
export const fact = <T>(name: `${string}.${string}.${string}`, payload: Dto<T>): Fact<T> =>
  Object.freeze({ subject: `facts.${name}`, service: name.slice(0, name.indexOf('.')), payload });

/** What a consumer gets beside the payload. */
export interface FactMeta {
  /** Unique for ever; a consumer that has seen it does nothing. */
  readonly eventId: string;
  readonly aggregateId: string;
  /** ISO 8601, when it happened. */
  readonly occurredAt: string;
}

/** A unit of work for the worker: `job('emails', SendEmail)`; the queue has the job's name. */
export interface Job<T> {
  readonly queue: string;
  readonly payload: Dto<T>;
  /** Tries before it counts as failed. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubles with each further one, with jitter. */
  readonly backoff: number;
}

export const job = <T>(queue: string, payload: Dto<T>, attempts = 8, backoff = 2000): Job<T> =>
  Object.freeze({ queue, payload, attempts, backoff });
