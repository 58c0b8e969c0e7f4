import { getSchemaPath } from '@nestjs/swagger';
import type { Dto, ExportFormat } from '@open-cpo/contracts';
import { DONE, DONE_ARABIC, FILE_TYPES } from '../answers/success';
import type { Route } from '../route';
import type { Schema } from './schemas';

const META: Schema = {
  type: 'object',
  required: ['per_page', 'total'],
  properties: { per_page: { type: 'integer', example: 15 }, total: { type: 'integer', example: 1 } },
};

const listOf = (items: Schema): Schema => ({ type: 'array', items });
const pageOf = (items: Schema): Schema => ({
  type: 'object',
  required: ['data', 'meta'],
  properties: { data: listOf(items), meta: META },
});

const collectionOf = (items: Schema): Schema => ({
  type: 'object',
  required: ['type', 'features'],
  properties: { type: { type: 'string', enum: ['FeatureCollection'] }, features: listOf(items) },
});

const payloadOf = (route: Route): Schema | undefined => {
  const { orCalls } = route;
  const payload = payloadBy(route);
  // One URL for two operations.
  return orCalls && payload ? { anyOf: [payload, payloadBy({ ...route, calls: orCalls }) ?? {}] } : payload;
};

const refTo = (of: Dto<unknown>): Schema => ({ $ref: getSchemaPath(of) });

function payloadBy({ calls, rows, shows }: Route, of = calls.answer.of): Schema | undefined {
  if (shows) return refTo(shows);
  const { form } = calls.answer;
  const item: Schema = of ? refTo(of) : {};
  const inForm = { list: listOf, page: pageOf, features: collectionOf };
  if (calls.kind === 'stream') return inForm[rows ?? 'list'](item);
  const forms: Record<typeof form, Schema | undefined> = {
    one: item,
    list: listOf(item),
    page: pageOf(item),
    strings: listOf({ type: 'string' }),
    value: valueOf(calls.answer.example),
    nothing: undefined,
  };
  return forms[form];
}

const valueOf = (example: unknown): Schema => ({ type: typeof example, example });

const SUCCESS: Schema = { type: 'integer', enum: [1], example: 1 };

/** The documented answer of a route: its payload in its envelope. */
export function answerSchema(route: Route, v3: boolean): { content?: Record<string, { schema: Schema }> } {
  const letter = route.envelope?.letter ?? (v3 ? 'V' : 'A');
  if (letter === 'X') return filesOf(route);
  if (letter in WITHOUT_PAYLOAD) return WITHOUT_PAYLOAD[letter as keyof typeof WITHOUT_PAYLOAD];
  const payload = payloadOf(route);
  // Texts for coordinates, or numbers: the request's `Accept` says which.
  if (letter === 'G') return both({ schema: payload ?? {} });
  const { forIntegrations } = route;
  if (forIntegrations) {
    // With an API key it is the same route in another envelope.
    const enveloped = inA(payloadBy({ ...route, shows: undefined }, forIntegrations));
    return { content: { 'application/json': { schema: { anyOf: [payload ?? {}, enveloped] } } } };
  }
  return { content: { 'application/json': { schema: inEnvelope(letter, payload, route, v3) } } };
}

type Letter = NonNullable<Route['envelope']>['letter'];

function inEnvelope(letter: Letter, payload: Schema | undefined, { withExpiry }: Route, v3: boolean): Schema {
  if (letter === 'R') return payload ?? {};
  if (v3) return inV(payload, withExpiry ? LIFE : {});
  return inA(letter === 'A-bare' ? undefined : payload);
}

const both = <T>(content: T) => ({ content: { 'application/json': content, 'application/geo+json': content } });

const FILES: Readonly<Record<ExportFormat, Schema>> = {
  xlsx: {},
  csv: { type: 'string' },
  'csv-semicolon': { type: 'string' },
  json: listOf({
    type: 'object',
    required: ['section', 'data'],
    properties: { section: { type: 'string', example: 'user' }, data: { type: 'object', example: { id: 1 } } },
  }),
};

/** The bytes of a workbook, or lines of text: `Accept` says which; or JSON. */
const filesOf = ({ files = ['xlsx', 'csv'] }: Route): { content: Record<string, { schema: Schema }> } => ({
  content: Object.fromEntries(files.map((format) => [mediaTypeOf(format), { schema: FILES[format] }])),
});

const mediaTypeOf = (format: ExportFormat): string => FILE_TYPES[format].split(';')[0] ?? '';

/** Blocks of lines by the standard of server-sent events, without end. */
const EVENTS = { content: { 'text/event-stream': { schema: { type: 'string' } } } };

const WITHOUT_PAYLOAD = { Z: {}, S: EVENTS };

/** A second answer. */
export function alsoSchema(of: Dto<unknown>, v3: boolean): { content: Record<string, { schema: Schema }> } {
  const payload = { $ref: getSchemaPath(of) };
  return { content: { 'application/json': { schema: v3 ? inV(payload) : inA(payload) } } };
}

const inA = (results?: Schema): Schema => ({
  type: 'object',
  required: ['success', 'msg', 'msg_arabic', ...(results ? ['results'] : [])],
  properties: {
    success: SUCCESS,
    msg: { type: 'string', example: DONE },
    msg_arabic: { type: 'string', example: DONE_ARABIC },
    ...(results ? { results } : {}),
  },
});

/** Of a token; left out where the token does not say how long it lives. */
const LIFE: Schema = {
  expires_in: { type: 'integer', description: 'Seconds for which the token lives.', example: 3600 },
};

const inV = (data: Schema = {}, beside: Schema = {}): Schema => ({
  type: 'object',
  required: ['data', 'success', 'message'],
  properties: { data, success: SUCCESS, message: { type: 'string', example: DONE }, ...beside },
});
