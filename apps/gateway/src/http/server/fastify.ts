import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Metrics } from '@open-cpo/platform';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { GatewayConfig } from '../../config';
import { acceptMultipart } from '../../payouts/multipart';
import { takeStripeWebhooks } from '../../payouts/stripe-webhook';
import { HttpEdge } from '../edge';
import { GuardedEdge } from '../overload/guarded-edge';
import { Overload } from '../overload/overload';
import { acceptBodies, BODY_LIMIT, parseForm } from './bodies';
import { OutsideRoutes, refuseUnroutable } from './errors';
import { writeHeaders } from './headers';
import { measureRequests } from './measure';
import { servePictures } from './pictures';
import { letSpareConnectionsGo } from './spare-connections';
import { answerUnreadable } from './unreadable';
import { serveDocuments } from './documents';

const REQUEST_ID = /^[\w.-]{1,64}$/;

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** Fastify with limits of its own on everything that a client controls. */
export function adapter(config: GatewayConfig): FastifyAdapter {
  const proxies = listed(config.trustedProxies);
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: proxies.length > 0 ? proxies : false,
    // A body that trickles in, and headers that do, are cut off.
    requestTimeout: 10_000,
    // A request without a host is refused in our form, see `headers.ts`, not with an empty answer of Node's.
    http: { connectionsCheckingInterval: 2000, requireHostHeader: false },
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    // A URL that cannot be decoded reaches no route and none of Nest's filters.
    frameworkErrors: refuseUnroutable,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200, querystringParser: parseForm },
    genReqId: ({ headers }: { headers: IncomingHttpHeaders }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
}

/** Everything around the routes: headers, CORS, bodies, pictures, documents, and errors outside of routes. */
export async function furnish(app: NestFastifyApplication, config: GatewayConfig): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const edge = app.get(HttpEdge);
  fastify.decorate('edge', new GuardedEdge(edge, new Overload(config, app.get(Metrics))));
  // Whatever else a client expects of us, it gets what there is, not an empty 417.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  measureRequests(fastify, app.get(Metrics));
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
  acceptBodies(fastify);
  acceptMultipart(fastify);
  await takeStripeWebhooks(app, fastify);
  await servePictures(fastify);
  await serveDocuments(app, fastify);
  app.useGlobalFilters(new OutsideRoutes(edge));
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
