import { getSchemaPath } from '@nestjs/swagger';
import type { Dto } from '@open-cpo/contracts';
import { DONE, DONE_ARABIC } from '../answers/success';
import { FILE_TYPES } from '../answers/file-types';
import type { Route } from '../route';
import type { Schema } from './schema-of';

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

function payloadBy({ calls, rows, shows }: Route): Schema | undefined {
  const { form } = calls.answer;
  const of = shows ?? calls.answer.of;
  const item: Schema = of ? { $ref: getSchemaPath(of) } : {};
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
  if (letter in WITHOUT_PAYLOAD) return WITHOUT_PAYLOAD[letter as keyof typeof WITHOUT_PAYLOAD];
  const payload = payloadOf(route);
  // Texts for coordinates, or numbers: the request's `Accept` says which.
  if (letter === 'G') return both({ schema: payload ?? {} });
  const schema = letter === 'R' ? (payload ?? {}) : v3 ? inV(payload) : inA(letter === 'A-bare' ? undefined : payload);
  return { content: { 'application/json': { schema } } };
}

const both = <T>(content: T) => ({ content: { 'application/json': content, 'application/geo+json': content } });

/** The bytes of a workbook, or lines of text: `Accept` says which. */
const FILES = { content: { [FILE_TYPES.xlsx]: { schema: {} }, 'text/csv': { schema: { type: 'string' } } } };

/** Blocks of lines by the standard of server-sent events, without end. */
const EVENTS = { content: { 'text/event-stream': { schema: { type: 'string' } } } };

const WITHOUT_PAYLOAD = { Z: {}, X: FILES, S: EVENTS };

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

const inV = (data: Schema = {}): Schema => ({
  type: 'object',
  required: ['data', 'success', 'message'],
  properties: { data, success: SUCCESS, message: { type: 'string', example: DONE } },
});
