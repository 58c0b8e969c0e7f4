import { type Dto, type FieldRule, fieldsOf, Refusal } from '@open-cpo/contracts';
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

/** Words of the public Odoo connector for those of this API. */
const WORDS: Readonly<Record<string, string>> = { kwh: 'energy' };
/** Its word for a choice that was never made. */
const NO_CHOICE = 'unknown';

/**
 * The input of an integration in the API's own words: JSON `false` for a text or an id reads as absent, `kwh` as
 * `energy`. Everything else stays as it came, for the service to validate.
 */
export function integrationInput(dto: Dto<unknown>, given: Bag): Bag {
  const input = { ...given };
  for (const rule of fieldsOf(dto).values()) {
    const { property } = rule;
    if (!Object.hasOwn(input, property)) continue;
    const value = readValue(rule, input[property]);
    if (value === undefined) delete input[property];
    else input[property] = value;
  }
  return input;
}

function readValue(rule: FieldRule, value: unknown): unknown {
  if (value === false) return isTextOrId(rule) ? undefined : value;
  if (typeof value === 'string') return readText(rule, value);
  if (!rule.nested || !isBag(value)) return value;
  const item = rule.nested();
  if (Array.isArray(value)) return value.map((one: unknown) => (isBag(one) ? integrationInput(item, one) : one));
  return integrationInput(item, value);
}

function readText(rule: FieldRule, text: string): string | undefined {
  // Odoo keeps an object that it reads, such as the type of a power center, as printed text, and sends that back.
  if (rule.id && text.startsWith('{')) return undefined;
  const choices = rule.docs.enum as readonly string[] | undefined;
  if (!choices || choices.includes(text)) return text;
  const word = WORDS[text];
  if (word !== undefined && choices.includes(word)) return word;
  return text === NO_CHOICE ? undefined : text;
}

const isTextOrId = ({ docs, id }: FieldRule): boolean => id === true || docs.type === String;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null;
