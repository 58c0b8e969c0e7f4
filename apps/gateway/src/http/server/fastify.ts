import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import helmet from '@fastify/helmet';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../../config';
import { HttpEdge } from '../edge';
import { acceptBodies, BODY_LIMIT, parseForm } from './bodies';
import { OutsideRoutes } from './errors';
import { servePictures } from './pictures';
import { serveDocuments } from './documents';

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Fastify with limits of its own on everything that a client controls. */
export function adapter(config: GatewayConfig): FastifyAdapter {
  const proxies = config.trustedProxies.split(',').filter(Boolean);
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: proxies.length > 0 ? proxies : false,
    // A body that trickles in, and headers that do, are cut off.
    requestTimeout: 10_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200, querystringParser: parseForm },
    genReqId: ({ headers }: { headers: IncomingHttpHeaders }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
}

/** Everything around the routes: headers, CORS, bodies, pictures, documents, and errors outside of routes. */
export async function furnish(app: NestFastifyApplication, config: GatewayConfig): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const edge = app.get(HttpEdge);
  fastify.decorate('edge', edge);
  await app.register(helmet as never, {
    contentSecurityPolicy: CONTENT_POLICY,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  const origins = config.corsOrigins === '*' ? '*' : config.corsOrigins.split(',');
  app.enableCors({
    origin: origins,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.headers({ 'cache-control': 'no-cache, private', vary: 'Origin' });
    done();
  });
  acceptBodies(fastify);
  await servePictures(fastify);
  await serveDocuments(app, fastify);
  app.useGlobalFilters(new OutsideRoutes(edge));
}

const EXPOSED = [
  'X-Request-Id',
  'X-Error-Code',
  'Retry-After',
  'Idempotent-Replayed',
  'Token-Refresh-Required',
  'Location',
  'Content-Disposition',
];

// The reference page is the only HTML there is; it loads nothing from elsewhere.
const CONTENT_POLICY = {
  directives: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    upgradeInsecureRequests: null,
  },
};
