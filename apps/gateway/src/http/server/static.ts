import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openApiDocument } from '../openapi/document';

/** `apps/gateway/assets`, seen from the sources and from the build alike. */
function assets(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'apps/gateway/assets');
    if (existsSync(join(found, 'flags'))) return found;
  }
  throw new Error('The folder apps/gateway/assets is missing.');
}

const FOLDERS = ['images', 'flags', 'connectors', 'connector', 'amenities', 'charger-types'];
const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

interface Files {
  readonly prefix: string;
  readonly root: string;
  readonly maxAge: number;
  /** Paths below the prefix; all by default. */
  readonly allowed?: RegExp;
}

async function serveFiles(scope: FastifyInstance, { prefix, root, maxAge, allowed = /^/ }: Files): Promise<void> {
  const allowedPath = (path: string): boolean => allowed.test(path);
  const options = { root, prefix, decorateReply: false, maxAge, index: false, allowedPath };
  await scope.register(fastifyStatic as never, options);
}

/** Serves the images, icons and flags that responses link to. */
export async function servePictures(fastify: FastifyInstance): Promise<void> {
  for (const folder of FOLDERS)
    await serveFiles(fastify, { prefix: `/${folder}/`, root: join(assets(), folder), maxAge: DAY_MS });
}

/** Serves a page that draws an owner's power centers, with a map library that is served from here as well. */
async function serveMapPage(scope: FastifyInstance): Promise<void> {
  const folder = join(assets(), 'map');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  scope.get('/docs/map', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  const root = join(dirname(require.resolve('leaflet/package.json')), 'dist');
  await serveFiles(scope, { prefix: '/docs/map/leaflet/', root, maxAge: HOUR_MS, allowed: /^\/leaflet\.(css|js)$/ });
  await serveFiles(scope, { prefix: '/docs/map/', root: folder, maxAge: HOUR_MS, allowed: /^\/map\.(css|js)$/ });
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Open CPO API</title>
<link rel="stylesheet" href="/docs/ui/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="/docs/ui/swagger-ui-bundle.js"></script>
<script src="/docs/page.js"></script>
</body>
</html>
`;

// A token that is entered stays in the page's memory; one that an earlier version kept is removed.
const SCRIPT = `localStorage.removeItem('authorized');
window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
});
`;

/** Serves the OpenAPI document and a page that a person can read and try. */
export async function serveDocuments(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  // A scope of its own: the headers that protect pages cost the API nothing.
  await fastify.register(async (scope) => {
    await scope.register(helmet as never, { contentSecurityPolicy: CONTENT_POLICY, strictTransportSecurity: false });
    servePage(scope, app);
    await serveMapPage(scope);
    await serveFiles(scope, {
      prefix: '/docs/ui/',
      root: dirname(require.resolve('swagger-ui-dist/package.json')),
      maxAge: HOUR_MS,
      allowed: /^\/swagger-ui(-bundle)?\.(css|js)$/,
    });
  });
}

function servePage(scope: FastifyInstance, app: NestFastifyApplication): void {
  // Bytes, because half a megabyte of text would be encoded for each request.
  let document: Buffer | undefined;
  scope.get('/openapi.json', (_request, reply) => {
    document ??= Buffer.from(JSON.stringify(openApiDocument(app)));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  scope.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  scope.get('/docs/page.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(SCRIPT));
}

// No page loads anything from elsewhere; the styles that the first one's script writes are inline.
const CONTENT_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    styleSrc: ["'self'", "'unsafe-inline'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};
