import type { ServerResponse } from 'node:http';
import type { Metrics } from '@open-cpo/platform';
import type { FastifyInstance } from 'fastify';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** What nginx writes down for clients who did not wait for the answer. */
const GONE = 499;
/** Classes of statuses, known from the start: of a series that begins with an error Prometheus sees no increase. */
const CLASSES = ['2xx', '3xx', '4xx', '5xx'];

/** Event of a response that has no end. */
export const GOES_ON = Symbol('open-cpo:goes-on');

/** Says that an answer has begun which has no end: it counts as answered, and not as in flight for as long as it lasts. */
export const goesOn = (raw: ServerResponse): void => void raw.emit(GOES_ON);

/**
 * Measures every request by its route's pattern, from its arrival until the last byte of the answer is out. What leads
 * to no route is one series, whatever was asked for.
 */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const labels = ['method', 'route', 'status'] as const;
  const durations = metrics.durations('open_cpo_http_request_duration_seconds', 'Time to the last byte.', labels);
  const responses = metrics.counter('open_cpo_http_responses_total', 'Answers by the class of their status.', [
    'class',
  ]);
  CLASSES.forEach((name) => responses.inc({ class: name }, 0));
  const refusals = metrics.counter('open_cpo_http_refusals_total', 'Refusals by their code.', ['code']);
  let open = 0;
  metrics.read({
    gauges: { open_cpo_http_requests_in_flight: 'Requests that are not answered yet.' },
    read: () => [{ values: { open_cpo_http_requests_in_flight: open } }],
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = reply;
    const begun = performance.now();
    open += 1;
    const answered = (): void => {
      raw.off('close', answered).off(GOES_ON, answered);
      open -= 1;
      const method = METHODS.has(request.method) ? request.method : 'other';
      const route = request.routeOptions.url ?? 'none';
      const status = String(raw.destroyed && !raw.writableFinished ? GONE : raw.statusCode);
      durations.observe({ method, route, status }, (performance.now() - begun) / 1000);
      responses.inc({ class: `${status[0]}xx` });
      const code = reply.getHeader('x-error-code');
      if (typeof code === 'string') refusals.inc({ code });
    };
    raw.once('close', answered).once(GOES_ON, answered);
    done();
  });
}
