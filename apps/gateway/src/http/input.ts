import { type Dto, Refusal } from '@open-cpo/contracts';
import type { FastifyRequest } from 'fastify';
import type { Route } from './route';

type Bag = Record<string, unknown>;
const LARGEST_ID = 2147483647;

/** Path parameters that are no ids. */
const TEXTS = new Set(['type', 'name', 'payoutMethod_name', 'exportId', 'importId', 'kind']);

/**
 * Path parameters over body over query, in one object. Ids in paths are positive 32-bit integers in plain digits.
 * @throws Refusal `not_found` for any other id, `malformed_request` for a body that is no object.
 */
export function inputOf(request: FastifyRequest, { method }: Pick<Route, 'method'>): Bag {
  const body = request.body;
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
    throw new Refusal('malformed_request');
  }
  const query = method === 'GET' || method === 'DELETE' ? (request.query as Bag) : {};
  return { ...query, ...body, ...paramsOf(request) };
}

/** The path parameters alone. @throws Refusal `not_found` */
export const paramsOf = ({ params }: Pick<FastifyRequest, 'params'>): Bag =>
  Object.fromEntries(
    Object.entries(params as Record<string, string>).map(([name, text]) => [name, TEXTS.has(name) ? text : idOf(text)]),
  );

/** What a route's request consists of. */
export const asksFor = ({ asks, calls }: Pick<Route, 'asks' | 'calls'>): Dto<unknown> =>
  asks ?? (calls as { input: Dto<unknown> }).input;

/** @throws Refusal `not_found` for what is no positive 32-bit integer in plain digits. */
export function idOf(text: string): number {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > LARGEST_ID) throw new Refusal('not_found');
  return id;
}
