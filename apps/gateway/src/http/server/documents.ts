import { dirname } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '../openapi/document';
import { serveMapPage } from './map-page';

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
    await scope.register(fastifyStatic as never, {
      root: dirname(require.resolve('swagger-ui-dist/package.json')),
      prefix: '/docs/ui/',
      decorateReply: false,
      maxAge: 60 * 60 * 1000,
      index: false,
      allowedPath: (path: string) => /^\/swagger-ui(-bundle)?\.(css|js)$/.test(path),
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
