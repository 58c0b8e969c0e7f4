import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config';
import { etagMatches } from '../http/caching/etag';
import { builtDashboard, readDashboard } from './dashboard-files';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

type Settings = Pick<GatewayConfig, 'dashboard' | 'mapTilesUrl' | 'mapTilesAttribution'>;

/**
 * Serves the dashboard: its page at `/` and at each of its own paths, its files under `/assets`. Whatever is no path of it
 * stays an error of the API.
 */
export async function serveDashboard(
  fastify: FastifyInstance,
  config: Settings,
  folder = builtDashboard(),
): Promise<void> {
  if (config.dashboard === 'off' || folder === undefined) return;
  const { assets, page, tag, licenses, routes } = readDashboard(folder);
  await fastify.register(async (scope) => {
    await scope.register(helmet as never, {
      contentSecurityPolicy: policyOf(config),
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'no-referrer' },
    });
    const show = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      void reply.header('cache-control', 'no-cache').header('etag', tag);
      if (etagMatches(request.headers['if-none-match'], tag)) return reply.status(304).send();
      return reply.type('text/html; charset=utf-8').send(page);
    };
    scope.get('/', show);
    for (const route of routes) {
      scope.get(`/${route}`, show);
      scope.get(`/${route}/*`, show);
    }
    scope.get('/licenses.txt', (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(licenses),
    );
    scope.get('/dashboard.json', (_request, reply) =>
      reply.header('cache-control', 'no-cache').send(settingsOf(config)),
    );
    await scope.register(fastifyStatic as never, {
      root: assets,
      prefix: '/assets/',
      decorateReply: false,
      index: false,
      maxAge: YEAR_MS,
      immutable: true,
      preCompressed: true,
    });
  });
}

/** What the page has to know of the operator's choices. */
const settingsOf = ({ mapTilesUrl: url, mapTilesAttribution: attribution }: Settings): object =>
  url === undefined ? {} : { tiles: { url, attribution } };

/** Nothing from elsewhere but the tiles of the map; no inline script or style, no `eval`. */
function policyOf({ mapTilesUrl }: Settings): object {
  const tiles = mapTilesUrl === undefined ? [] : [tilesOrigin(mapTilesUrl)];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      fontSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:', ...tiles],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  };
}

/** The origin of the tiles; `{s}` stands for any of the server's names. */
export function tilesOrigin(url: string): string {
  const { protocol, host } = new URL(url.replace('{s}', 'tiles-of-any'));
  return `${protocol}//${host.replace(/^tiles-of-any\b/, '*')}`;
}
