import { Refusal } from '@open-cpo/contracts';
import { QueueUnavailable } from '@open-cpo/jobs';
import { isBrokerUnavailable } from '@open-cpo/messaging';

/** Whether the other side is unavailable, as opposed to refusing this one row. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Refusal) return error.kind === 'unavailable' || error.kind === 'deadline';
  if (error instanceof QueueUnavailable || isBrokerUnavailable(error)) return true;
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH)/.test(code);
}
