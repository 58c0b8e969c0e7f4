import { isConditional } from '../conditional';
import { readOf } from '../preconditions';
import { declaredRoutes, type Route } from '../route';
import { pathOf } from '../server/allowed-methods';
import { alsoSchema, answerSchema } from './answer-schema';
import { headersOfAll, headersOfSuccess, isInParts, notModified } from './headers';
import { refusalsOf } from './refused';

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
