import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { assets } from './assets';

const HOUR = 60 * 60 * 1000;

/** Serves a page that draws an owner's power centers, with a map library that is served from here as well. */
export async function serveMapPage(scope: FastifyInstance): Promise<void> {
  const folder = join(assets(), 'map');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  scope.get('/docs/map', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  const leaflet = join(dirname(require.resolve('leaflet/package.json')), 'dist');
  await serve(scope, '/docs/map/leaflet/', leaflet, /^\/leaflet\.(css|js)$/);
  await serve(scope, '/docs/map/', folder, /^\/map\.(css|js)$/);
}

async function serve(scope: FastifyInstance, prefix: string, root: string, allowed: RegExp): Promise<void> {
  const allowedPath = (path: string): boolean => allowed.test(path);
  const options = { root, prefix, decorateReply: false, maxAge: HOUR, index: false, allowedPath };
  await scope.register(fastifyStatic as never, options);
}
