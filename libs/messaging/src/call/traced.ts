import type { AnyOperation, Caller } from '@open-cpo/contracts';
import { type Span, type SpanOptions, tracing } from '@open-cpo/platform';
import type { Chunk } from './receive';

const named = ({ subject, service }: AnyOperation): string => `call ${subject.slice(service.length + 1)}`;

// A caller that comes with a trace of its own, and no span under way, is followed.
const options = ({ subject, service }: AnyOperation, caller: Caller, current: string | undefined): SpanOptions => ({
  kind: 'client',
  parent: current ? undefined : caller.traceparent,
  attributes: { 'rpc.system': 'nats', 'rpc.service': service, 'rpc.method': subject },
});

const below = (caller: Caller, { traceparent }: Span): Caller => ({ ...caller, traceparent });

/** Asks as a span of its own, which travels with the caller, where traces are taken. */
export function tracedCall<T>(
  operation: AnyOperation,
  caller: Caller,
  ask: (caller: Caller) => Promise<T>,
): Promise<T> {
  const traces = tracing();
  if (!traces) return ask(caller);
  return traces.span(named(operation), options(operation, caller, traces.current), (span) => ask(below(caller, span)));
}

/** The same for rows: the span lasts until the last one was read, or the reader has ended. */
export function tracedRows(
  operation: AnyOperation,
  caller: Caller,
  ask: (caller: Caller) => AsyncGenerator<Chunk>,
): AsyncGenerator<Chunk> {
  const traces = tracing();
  if (!traces) return ask(caller);
  const span = traces.begin(named(operation), options(operation, caller, traces.current));
  return until(span, ask(below(caller, span)));
}

async function* until(span: Span, rows: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  let failure: unknown;
  try {
    yield* rows;
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    span.end(failure);
  }
}
