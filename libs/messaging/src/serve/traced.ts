import type { AnyOperation, Caller } from '@open-cpo/contracts';
import { tracing } from '@open-cpo/platform';

/** Does the work of an operation as a span below that of its caller, where traces are taken. */
export function traced(operation: AnyOperation, caller: Caller, work: () => Promise<void>): Promise<void> {
  const traces = tracing();
  if (!traces) return work();
  const { subject, service } = operation;
  const attributes = {
    'rpc.system': 'nats',
    'rpc.service': service,
    'rpc.method': subject,
    'request.id': caller.requestId,
  };
  return traces.span(subject, { kind: 'server', parent: caller.traceparent, attributes }, work);
}
