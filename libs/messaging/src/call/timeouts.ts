import { Refusal } from '@open-cpo/contracts';
import { isClientError, isNoResponders, isTimeout, isTooLarge } from '../client-errors';

/** Milliseconds without a sign of life after which a stream counts as broken. */
export const STREAM_SILENCE = 10_000;
/** Milliseconds that a slow client may take to swallow a chunk. One that has gone is noticed at once. */
export const SLOWEST_CONSUMER = 60_000;

/** What an answer that does not come means: a read can be asked again, a write may have happened. */
export type Interrupted = 'service_unavailable' | 'deadline_exceeded';

/** What a client library's error means to the one who called. */
export function transportRefusal(error: unknown, subject: string, interrupted: Interrupted): Refusal {
  if (error instanceof Refusal) return error;
  if (!isClientError(error)) return new Refusal('internal', { cause: error });
  const cause = `${subject}: ${error.message}`;
  if (isTimeout(error)) return new Refusal('deadline_exceeded', { cause });
  if (isTooLarge(error)) return new Refusal('payload_too_large', { cause });
  return new Refusal(isNoResponders(error) ? 'service_unavailable' : interrupted, { cause });
}
