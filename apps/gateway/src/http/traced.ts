import { tracing } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/** The W3C trace context that a request came with, when it has the form of one. */
export const traceparentOf = ({ headers: { traceparent } }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined;

/** Answers a request as the span that everything it causes is below of, where traces are taken. */
export function traced(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
  const traces = tracing();
  if (!traces) return work();
  const { id, method, routeOptions } = request;
  // The pattern and never the path: ids belong to somebody, and search texts more so.
  const attributes = { 'http.request.method': method, 'http.route': routeOptions.url ?? '', 'request.id': id };
  const options = { kind: 'server', parent: traceparentOf(request), attributes } as const;
  return traces.span(`${method} ${routeOptions.url}`, options, async (span) => {
    await work();
    span.note('http.response.status_code', reply.statusCode);
  });
}
