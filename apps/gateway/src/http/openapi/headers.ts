import { isConditional } from '../conditional';
import { isUnstorable, type Route } from '../route';
import type { Schema } from './schema-of';

const text: Schema = { type: 'string' };

/** Headers of answers that many operations share, for the document's components. */
export const HEADERS: Readonly<Record<string, Schema>> = {
  'X-Request-Id': {
    description: 'Names the request in every log line: the one that was sent, else a new one. Tell it to support.',
    schema: text,
    example: '27ee3f39-8768-4bc3-a6ae-440d87660b02',
  },
  ETag: {
    description: 'Names this answer. Sent back as `If-None-Match`, it is answered 304 as long as nothing has changed.',
    schema: text,
    example: 'W/"Ka0ohLKGoU5u7nRDwHWzNQ"',
  },
  'Cache-Control': {
    description: 'The answer holds secrets or bank details, or its request changed something: keep no copy of it.',
    schema: { type: 'string', enum: ['no-store'] },
  },
  'Idempotent-Replayed': {
    description: 'This is the first answer to the same `Idempotency-Key`, once more; nothing was done again.',
    schema: { type: 'string', enum: ['true'] },
  },
  'Token-Refresh-Required': {
    description: 'The token is past half of its life: refresh it when convenient.',
    schema: { type: 'string', enum: ['1'] },
  },
  Deprecation: {
    description: 'Since when the operation is deprecated (RFC 9745): `@` and seconds since 1970.',
    schema: text,
    example: '@1798761600',
  },
  Sunset: {
    description: 'From when on the operation may be gone (RFC 8594).',
    schema: text,
    example: 'Fri, 31 Dec 2027 00:00:00 GMT',
  },
};

const refs = (names: readonly string[]): Schema =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** Headers of every answer of a route, refusals too. */
export const headersOfAll = ({ deprecated }: Route): Schema =>
  refs(['X-Request-Id', ...(deprecated ? ['Deprecation', ...(deprecated.sunset ? ['Sunset'] : [])] : [])]);

/** Whether a route answers stored files: whole, in parts, or with 304. */
export const isInParts = ({ method, envelope }: Route): boolean => method === 'GET' && envelope?.parts === true;

/** Headers of a route's success. */
export const headersOfSuccess = (route: Route): Schema => ({
  ...headersOfAll(route),
  ...refs([
    ...(isUnstorable(route) ? ['Cache-Control'] : []),
    ...(isConditional(route) || isInParts(route) ? ['ETag'] : []),
    ...(route.method === 'GET' ? [] : ['Idempotent-Replayed']),
    ...(route.can === 'public' ? [] : ['Token-Refresh-Required']),
  ]),
});

/** The answer to who has the last one already. */
export const notModified = (route: Route): Schema & { description: string } => ({
  description: 'Nothing has changed: the answer with this `ETag` still holds.',
  headers: { ...headersOfAll(route), ...refs(['ETag']) },
});
