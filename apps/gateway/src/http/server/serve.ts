import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { type Booted, type Log, Metrics, TrustedProxies } from '@open-cpo/platform';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../../config';
import { acceptMultipart } from '../../payouts/multipart';
import { serveDashboard } from '../../pages/dashboard';
import { serveLetterPages } from '../../pages/letter-pages';
import { takeStripeWebhooks } from '../../payouts/stripe-webhook';
import { HttpPipeline } from '../pipeline';
import { BODY_LIMIT, BodyReader } from '../body/body-reader';
import { parseQuery } from '../body/form';
import { answerUnreadable, refuseUnroutable } from '../answers/errors';
import { endSlowReaders, measureRequests, writeHeaders } from './hooks';
import { serveDocuments, servePictures } from './static';

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
    // For uploads; all other bodies have a deadline of their own, see `body-reader.ts`.
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    http: {
      // Node takes the larger of both timeouts for the whole request: each is set.
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
      // A request without a host is refused in the documented form, see `hooks.ts`, not with an empty response of Node's.
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

/** Installs everything around the routes, in the order in which it runs. */
async function furnish(app: NestFastifyApplication, config: GatewayConfig): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const metrics = app.get(Metrics);
  const pipeline = app.get(HttpPipeline);
  const bodies = new BodyReader(pipeline, config.bytesInFlight, metrics);
  fastify.decorate('pipeline', pipeline);
  // A client with any other `Expect` gets its response, not an empty 417.
  fastify.server.on('checkExpectation', (request, response) => fastify.server.emit('request', request, response));
  measureRequests(fastify, metrics);
  endSlowReaders(fastify, metrics);
  closeUnusedConnections(fastify);
  writeHeaders(fastify, config);
  app.enableCors({
    origin: config.corsOrigins === '*' ? '*' : listed(config.corsOrigins),
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: EXPOSED,
    maxAge: 600,
    // OPTIONS that is no preflight is answered like one, not with a text of the plugin's own.
    strictPreflight: false,
  });
  bodies.install(fastify);
  acceptMultipart(fastify);
  await takeStripeWebhooks(app, fastify, bodies);
  await serveLetterPages(app, fastify);
  await serveDashboard(fastify, config);
  await servePictures(fastify);
  await serveDocuments(app, fastify);
  app.useGlobalFilters(pipeline.errors);
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

/** Makes the gateway and has it listen. At a shutdown signal it serves requests until load balancers have noticed. */
export async function serve(
  root: DynamicModule,
  config: GatewayConfig,
  log: Log,
): Promise<Booted & { app: NestFastifyApplication }> {
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter(config), {
    logger: log,
    abortOnError: false,
    bodyParser: false,
  });
  await furnish(app, config);
  await app.listen(config.port, config.host);
  return { app, drain: drainOf(app.getHttpServer(), config.drainDelay) };
}

/** Milliseconds between two checks for idle connections. */
const POLL_INTERVAL_MS = 50;

/**
 * Graceful shutdown, before a server closes: it serves requests for another `delay` milliseconds, until load balancers have
 * noticed, with `Connection: close`. Connections that become idle after that are closed here; else they would keep the
 * process until their clients close them.
 */
export function drainOf(server: Server, delay: number): () => Promise<void> {
  return async () => {
    server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'));
    await pause(delay);
    const closing = setInterval(() => server.closeIdleConnections(), POLL_INTERVAL_MS).unref();
    server.once('close', () => clearInterval(closing));
  };
}

/**
 * Browsers and HTTP clients open connections ahead of need. Node counts one that never carried a request as busy, so that
 * a server which closes would wait for it for ever: they are let go by hand.
 */
function closeUnusedConnections(fastify: FastifyInstance): void {
  const spare = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    spare.add(socket);
    socket.once('close', () => spare.delete(socket));
  });
  fastify.server.on('request', ({ socket }) => spare.delete(socket));
  fastify.addHook('preClose', (done) => {
    spare.forEach((socket) => socket.destroy());
    done();
  });
}
