import { Refusal } from '@open-cpo/contracts';
import type { FastifyInstance } from 'fastify';
import { parse } from 'qs';
import { nestsDeeperThan } from './nesting';

/** Bytes of a JSON or form body at most. */
export const BODY_LIMIT = 1024 * 1024;
const DEEPEST = 20;

/** Exponents or digits that no finite number needs, as far as text alone can tell. */
const MAYBE_INFINITE = /[eE]\+?\d{3}|\d{300}/;

const strict = new TextDecoder('utf-8', { fatal: true });

/** 1e999 reads as infinity, which JSON writes as null: a value would turn into its absence. */
function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

/** No body is no body, whatever its type says: the reference's own DELETE examples send a JSON type and nothing. */
function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (nestsDeeperThan(bytes, DEEPEST)) throw new Refusal('malformed_request', { cause: 'nests too deeply' });
  try {
    const text = strict.decode(bytes);
    const value: unknown = JSON.parse(text);
    if (MAYBE_INFINITE.test(text) && hasInfinity(value)) throw new Error('a number without end');
    return value;
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}

/** Flat pairs, and nested ones as `connectors[0][id]=1`. Also reads query strings. */
export function parseForm(text: string): Record<string, unknown> {
  return parse(text, {
    depth: 5,
    parameterLimit: 20_000,
    arrayLimit: 20_000,
    allowPrototypes: false,
    plainObjects: false,
  });
}

function parseFormBody(bytes: Buffer): unknown {
  try {
    return bytes.length === 0 ? undefined : parseForm(strict.decode(bytes));
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}

/** JSON and form bodies, nothing else. */
export function acceptBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const accept = (type: string | RegExp, read: (bytes: Buffer) => unknown): void => {
    fastify.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
      try {
        done(null, read(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    });
  };
  accept(/^application\/([\w.-]+\+)?json(;|$)/i, parseJson);
  accept(/^application\/x-www-form-urlencoded(;|$)/i, parseFormBody);
}
