import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schema = Readonly<Record<string, unknown>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}

export interface Body {
  readonly schema: Schema;
  readonly example: Readonly<Record<string, unknown>>;
}

/** One operation of the document, as far as somebody who attacks it cares. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** With parameters in braces. */
  readonly path: string;
  /** A permission, `token` or `public`. */
  readonly permission: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
  /** By status: where its schema is in the document; none where there is no JSON. */
  readonly answers: ReadonlyMap<number, string | undefined>;
}

export interface ApiDocument {
  readonly raw: Record<string, unknown>;
  readonly operations: readonly Operation[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const JSON_TYPE = 'application/json';

/** Reads the published document. */
export function readDocument(checkout: string): ApiDocument {
  const raw = JSON.parse(readFileSync(join(checkout, 'openapi.json'), 'utf8')) as Record<string, unknown>;
  const paths = raw.paths as Record<string, Record<string, RawOperation>>;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [operationOf(raw, path, method, item[method])] : [])),
  );
  return { raw, operations };
}

interface RawOperation {
  readonly operationId: string;
  readonly 'x-permission': string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly $ref?: string; readonly content?: Record<string, unknown> }>;
}

function operationOf(raw: unknown, path: string, method: string, given: RawOperation): Operation {
  const named = given.requestBody?.content[JSON_TYPE]?.schema;
  const schema = typeof named?.$ref === 'string' ? (at(raw, named.$ref) as Schema) : named;
  const example = (schema?.example ?? {}) as Record<string, unknown>;
  return {
    id: given.operationId,
    method: method.toUpperCase() as Method,
    path,
    permission: given['x-permission'],
    parameters: given.parameters ?? [],
    ...(schema ? { body: { schema, example } } : {}),
    answers: answersOf(raw, path, method, given.responses),
  };
}

function answersOf(raw: unknown, path: string, method: string, responses: RawOperation['responses']) {
  const answers = new Map<number, string | undefined>();
  for (const [status, response] of Object.entries(responses)) {
    const own = `#/paths/${escaped(path)}/${method}/responses/${status}`;
    const pointer = response.$ref ?? own;
    const { content } = at(raw, pointer) as { content?: Record<string, unknown> };
    const schema = content?.[JSON_TYPE] ? `${pointer}/content/${escaped(JSON_TYPE)}/schema` : undefined;
    answers.set(Number(status), schema);
  }
  return answers;
}

const escaped = (part: string): string => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** What a pointer of the document points at. */
function at(raw: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1);
  return parts.reduce<unknown>((value, part) => {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    return (value as Record<string, unknown>)[key];
  }, raw);
}
