import { Refusal } from '@open-cpo/contracts';
import { QueueAway } from '@open-cpo/jobs';

/** Codes of the NATS client: nobody stores the stream, no answer, not connected. */
const BROKER = new Set([
  '503',
  'TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_REFUSED',
  'CONNECTION_DRAINING',
  'DISCONNECT',
]);

/** Whether the other side is away, as opposed to refusing this one row. */
export function isAway(error: unknown): boolean {
  if (error instanceof Refusal) return error.kind === 'unavailable' || error.kind === 'deadline';
  if (error instanceof QueueAway) return true;
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && (BROKER.has(code) || /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH)/.test(code));
}
