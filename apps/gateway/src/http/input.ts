import { Refusal } from '@open-cpo/contracts';
import type { FastifyRequest } from 'fastify';
import type { Route } from './route';

type Bag = Record<string, unknown>;
const LARGEST_ID = 2147483647;

/** Path parameters that are no ids. */
const TEXTS = new Set(['type', 'name', 'payoutMethod_name', 'exportId']);

/**
 * Path parameters over body over query, in one object. Ids in paths are positive 32-bit integers in plain digits.
 * @throws Refusal `not_found` for any other id, `malformed_request` for a body that is no object.
 */
export function inputOf(request: FastifyRequest, { method }: Pick<Route, 'method'>): Bag {
  const params = request.params as Record<string, string>;
  const body = request.body;
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
    throw new Refusal('malformed_request');
  }
  const query = method === 'GET' || method === 'DELETE' ? (request.query as Bag) : {};
  const input: Bag = { ...query, ...body };
  for (const [name, text] of Object.entries(params)) input[name] = TEXTS.has(name) ? text : idOf(text);
  return input;
}

/** @throws Refusal `not_found` for what is no positive 32-bit integer in plain digits. */
export function idOf(text: string): number {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > LARGEST_ID) throw new Refusal('not_found');
  return id;
}
