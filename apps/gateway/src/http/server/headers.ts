import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../../config';
import { declaredRoutes } from '../route';
import { allowedMethods } from './allowed-methods';

const YEAR = 365 * 24 * 60 * 60;

/** Answers of the API are data: they are never guessed to be anything else, framed, or stored by others. */
const API = { 'cache-control': 'no-cache, private', vary: 'Origin', 'x-frame-options': 'DENY' };
/** Pictures are shown on pages of every origin. */
const OPEN = { 'cross-origin-resource-policy': 'cross-origin' };

/** Headers of every answer; those that protect pages are the pages' own (see `documents.ts`). */
export function writeHeaders(fastify: FastifyInstance, config: GatewayConfig): void {
  const always: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    ...(config.baseUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${YEAR}` } : {}),
  };
  const api = { ...always, ...API };
  const open = { ...always, ...OPEN };
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(request.url.startsWith('/api') ? api : open);
    if (request.method === 'OPTIONS') reply.header('allow', allowedMethods(declaredRoutes(), request.url).join(', '));
    done();
  });
}
