import { tracing } from '@open-cpo/platform';
import { TRACEPARENT } from './event-publisher';
import type { Taken } from './batch-events';

/** Handles an event as a span below what caused it, where traces are taken. */
export function traced<T>(consumer: string, taken: Taken | undefined, work: () => Promise<T>): Promise<T> {
  const traces = tracing();
  if (!traces || !taken) return work();
  const { message, event } = taken;
  const parent = message.headers?.get(TRACEPARENT) || undefined;
  const attributes = { 'messaging.system': 'nats', 'messaging.destination.name': event.domainEvent.subject };
  return traces.span(`consume ${consumer}`, { kind: 'consumer', parent, attributes }, work);
}
