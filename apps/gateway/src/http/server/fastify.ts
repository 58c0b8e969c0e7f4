import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Metrics, TrustedProxies } from '@open-cpo/platform';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { GatewayConfig } from '../../config';
import { acceptMultipart } from '../../payouts/multipart';
import { serveDashboard } from '../../pages/dashboard';
import { serveLetterPages } from '../../pages/letter-pages';
import { takeStripeWebhooks } from '../../payouts/stripe-webhook';
import { HttpPipeline } from '../pipeline';
import { BodyReader } from '../body/body-reader';
import { parseQuery } from '../body/query';
import { BODY_LIMIT } from '../body/read-body';
import { GuardedPipeline } from '../overload/guarded-pipeline';
import { Overload } from '../overload/overload';
import { OutsideRoutes, refuseUnroutable } from './errors';
import { writeHeaders } from './headers';
import { measureRequests } from './measure';
import { servePictures } from './pictures';
import { endSlowReaders } from './slow-readers';
import { letSpareConnectionsGo } from './spare-connections';
import { answerUnreadable } from './unreadable';
import { serveDocuments } from './documents';

/** Milliseconds within which a request's headers arrive, from the beginning of its connection on. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Milliseconds within which a request with a file arrives: 10 MiB at 1.4 Mbit/s. */
const UPLOAD_TIMEOUT_MS = 60_000;
/** Milliseconds without a byte in either direction; more than any answer is waited for. */
const IDLE_TIMEOUT_MS = 60_000;
const REQUEST_ID = /^[\w.-]{1,64}$/;

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** Fastify with limits of its own on everything that a client controls. */
export function adapter(config: GatewayConfig): FastifyAdapter {
  const proxies = new TrustedProxies(config.trustedProxies);
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // Without any the header is not even read.
    trustProxy: config.trustedProxies === '' ? false : (address, hop) => proxies.isTrusted(address, hop),
    // For uploads; all other bodies have a deadline of their own, see `read-body.ts`.
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    http: {
      // Node takes the larger of both timeouts for the whole request: each is set.
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
      // A request without a host is refused in our form, see `headers.ts`, not with an empty answer of Node's.
      requireHostHeader: false,
    },
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    // A URL that cannot be decoded reaches no route and none of Nest's filters.
    frameworkErrors: refuseUnroutable,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200, querystringParser: parseQuery },
    genReqId: ({ headers }: { headers: IncomingHttpHeaders }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
}

/** Everything around the routes: headers, CORS, bodies, pictures, documents, and errors outside of routes. */
export async function furnish(app: NestFastifyApplication, config: GatewayConfig): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const metrics = app.get(Metrics);
  const pipeline = new GuardedPipeline(app.get(HttpPipeline), new Overload(config, metrics));
  const intake = new BodyReader(pipeline, config.bytesInFlight, metrics);
  fastify.decorate('pipeline', pipeline);
  // Whatever else a client expects of us, it gets what there is, not an empty 417.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  measureRequests(fastify, metrics);
  endSlowReaders(fastify, metrics);
  letSpareConnectionsGo(fastify);
  writeHeaders(fastify, config);
  app.enableCors({
    origin: config.corsOrigins === '*' ? '*' : listed(config.corsOrigins),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
    // OPTIONS that is no preflight is answered like one, not with a text of the plugin's own.
    strictPreflight: false,
  });
  intake.install(fastify);
  acceptMultipart(fastify);
  await takeStripeWebhooks(app, fastify, intake);
  await serveLetterPages(app, fastify);
  await serveDashboard(fastify, config);
  await servePictures(fastify);
  await serveDocuments(app, fastify);
  app.useGlobalFilters(new OutsideRoutes(pipeline));
}

const EXPOSED = [
  'X-Request-Id',
  'X-Error-Code',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'Idempotent-Replayed',
  'Token-Refresh-Required',
  'Location',
  'Content-Disposition',
  'ETag',
  'Deprecation',
  'Sunset',
  'Link',
];
