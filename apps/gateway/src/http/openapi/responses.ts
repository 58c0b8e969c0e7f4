import { isConditional } from '../caching/etag';
import { declaredRoutes, isUnstorable, pathOf, type Route } from '../route';
import type { Schema } from './schemas';
import { readOf } from '../preconditions';
import { alsoSchema, answerSchema } from './answer-schema';
import { isInParts, refusalsOf } from './refused';

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
const headersOfAll = ({ deprecated }: Route): Schema =>
  refs(['X-Request-Id', ...(deprecated ? ['Deprecation', ...(deprecated.sunset ? ['Sunset'] : [])] : [])]);

/** Headers of a route's success. */
const headersOfSuccess = (route: Route): Schema => ({
  ...headersOfAll(route),
  ...refs([
    ...(isUnstorable(route) ? ['Cache-Control'] : []),
    ...(isConditional(route) || isInParts(route) ? ['ETag'] : []),
    ...(route.method === 'GET' ? [] : ['Idempotent-Replayed']),
    ...(route.can === 'public' ? [] : ['Token-Refresh-Required']),
  ]),
});

/** The answer to who has the last one already. */
const notModified = (route: Route): Schema & { description: string } => ({
  description: 'Nothing has changed: the answer with this `ETag` still holds.',
  headers: { ...headersOfAll(route), ...refs(['ETag']) },
});

type Json = Record<string, unknown>;

const IF_MATCH: Json = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` of the read of the same URL, or several, or `*`: 412 when the resource has changed since, and nothing is done.',
  schema: { type: 'string' },
};

/** What a route answers, by status: the successes in their envelopes, the refusals in their forms. */
function responsesOf(route: Route): Json {
  const v3 = pathOf(route).startsWith('/api/v3/');
  const { also, envelope } = route;
  const headers = headersOfSuccess(route);
  const named = (response: Json): Json => ({
    ...response,
    headers: { ...headersOfAll(route), ...(response.headers as Json) },
  });
  const entries: [number, Json][] = [
    [envelope?.status ?? 200, { description: 'Done.', headers, ...answerSchema(route, v3) }],
    ...(also ? [[also.status, { description: also.when, headers, ...alsoSchema(also.of, v3) }] as [number, Json]] : []),
    ...(isConditional(route) ? [[304, notModified(route)] as [number, Json]] : []),
    ...(isInParts(route) ? partsOf(route) : []),
    ...refusalsOf(route, v3).map(({ status, response }): [number, Json] => [status, named(response)]),
  ];
  return Object.fromEntries(entries.map(([status, response]) => [String(status), response]));
}

const CONTENT_RANGE: Json = {
  'Content-Range': { description: 'Which bytes these are, and of how many.', schema: { type: 'string' } },
};

/** What a file is answered with beside the whole of it: to `Range` and to `If-None-Match`. */
const partsOf = (route: Route): [number, Json][] => [
  [
    206,
    {
      description: 'The part of the file that `Range` asked for.',
      headers: { ...headersOfSuccess(route), ...CONTENT_RANGE },
      ...answerSchema(route, false),
    },
  ],
  [304, notModified(route)],
];

/** Adds to every operation of the document what its route answers. */
export function addResponses(paths: Record<string, Json>): void {
  for (const route of declaredRoutes()) {
    const path = pathOf(route).replace(/:(\w+)/g, '{$1}');
    const operation = paths[path]?.[route.method.toLowerCase()] as Json | undefined;
    if (!operation) continue;
    operation.responses = responsesOf(route);
    // Which read belongs to a write is known once all routes are.
    if (readOf(route)) operation.parameters = [...((operation.parameters as Json[] | undefined) ?? []), IF_MATCH];
  }
}
