import type { IncomingMessage } from 'node:http';
import { Refusal } from '@open-cpo/contracts';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../../config';
import { isUnreadable } from '../body/query';
import { refuseUnroutable } from './errors';

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
    const { id, url, raw, query } = request;
    reply.header('x-request-id', id).headers(url.startsWith('/api') ? api : open);
    if (isHttp(raw) && !isUnreadable(query)) return done();
    if (!isHttp(raw)) reply.header('connection', 'close');
    // The documents and pictures have no error handler of ours.
    refuseUnroutable(new Refusal('malformed_request'), request, reply);
  });
}

/** Node reads a request line without a version as HTTP/0.9; since 1.1 a request names its host. */
const isHttp = ({ httpVersionMajor, httpVersionMinor, headers }: IncomingMessage): boolean =>
  httpVersionMajor === 1 && (httpVersionMinor === 0 || headers.host !== undefined);
