import { type Caller, Refusal } from '@open-cpo/contracts';
import { isClientError, isNoResponders, isTimeout, isTooLarge } from '../client-errors';

/** Milliseconds an operation has unless it declares its own. */
export const DEFAULT_DEADLINE = 4000;
/** Milliseconds without a sign of life after which a stream counts as broken. */
export const STREAM_SILENCE = 10_000;
/** Milliseconds that a slow client may take to swallow a chunk. One that has gone is noticed at once. */
export const SLOWEST_CONSUMER = 60_000;

/** The earlier of what the operation allows and what the request has left. */
export function deadlineOf({ deadline }: { readonly deadline?: number }, caller: Caller): number {
  return Math.min(caller.deadline, Date.now() + (deadline ?? DEFAULT_DEADLINE));
}

/** @throws Refusal `deadline_exceeded` when nothing is left. */
export function remaining(deadline: number): number {
  const left = deadline - Date.now();
  if (left <= 0) throw new Refusal('deadline_exceeded');
  return left;
}

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
