import { CATALOGUE, type Dto, type ErrorCode, fieldsOf, Refusal } from '@open-cpo/contracts';
import { answerTo } from '../answers/refusals';
import { readOf } from '../preconditions';
import type { Route } from '../route';
import type { Schema } from './schemas';

const AT = { host: 'api.example.com', unauthenticatedStatus: 401, language: 'en' } as const;
/** What a status means where a route names nothing but the status. */
const USUAL: Record<number, ErrorCode> = {
  403: 'forbidden',
  404: 'not_found',
  422: 'validation_failed',
  429: 'too_many_requests',
};
const FIELDS = { name: ['The name field is required.'] };
const VERIFICATION = {
  require_verification: 1,
  verification_token: '27ee3f39-8768-4bc3-a6ae-440d87660b02',
  can_resend_in_seconds: 60,
  available_attempts: 2,
  sent_to: 'o***r@demo.test',
};

const text: Schema = { type: 'string' };
const no: Schema = { type: 'integer', enum: [0] };
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const FIELD_MAP: Schema = { type: 'object', additionalProperties: { type: 'array', items: text } };

/** The letters of refusal as schemas; a body is described by the one whose keys it has. */
const LETTERS: Record<string, Schema> = {
  A0: object({ success: no, msg: text, msg_arabic: text }),
  K: object({ success: no, message: text }),
  P: object({ success: no, error: text }),
  N: object({ error: text }),
  E: object({ success: no, message: text, errors: FIELD_MAP }),
  'V-fail': object({ data: { type: 'object' }, success: no, message: text }),
};

const keysOf = (value: object): string => Object.keys(value).sort().join();
const letterOf = (body: object): string =>
  Object.entries(LETTERS).find(([, { properties }]) => keysOf(properties as object) === keysOf(body))?.[0] ?? 'M';

/** Schemas of the refusals' letters, for the document's components. */
export const refusalSchemas = (): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries({ ...LETTERS, M: FIELD_MAP }).map(([letter, schema]) => [
      `Refusal ${letter}`.replace(/\W/g, ''),
      schema,
    ]),
  );

/** How a route refuses who asks. */
function identityCodesOf({ can, withoutSecondFactor }: Route): ErrorCode[] {
  if (can === 'public') return [];
  const codes: ErrorCode[] = ['unauthenticated'];
  if (can !== 'token') codes.push('forbidden');
  return withoutSecondFactor ? codes : [...codes, 'second_factor_required'];
}

/** Whether a route answers stored files: whole, in parts, or with 304. */
export const isInParts = ({ method, envelope }: Route): boolean => method === 'GET' && envelope?.parts === true;

/** The codes with which a route refuses: its own, and those of every route of its kind. */
function codesOf(route: Route): ErrorCode[] {
  const { can, method, calls, path, refusals = [] } = route;
  const input = fieldsOf((calls as { input: Dto<unknown> }).input);
  const writes = method !== 'GET';
  const all: ErrorCode[] = ['api_key_invalid', 'too_many_requests'];
  all.push('internal', 'service_unavailable', 'deadline_exceeded');
  all.push(...identityCodesOf(route));
  if (/:(id|\w+_id|\w+ID)\b/.test(path)) all.push('not_found', ...(can === 'public' ? [] : (['forbidden'] as const)));
  if (input.size > 0) all.push('validation_failed');
  if (writes) all.push('malformed_request', 'idempotency_in_flight', 'idempotency_mismatch');
  if (writes && method !== 'DELETE') all.push('payload_too_large', 'unsupported_media_type');
  if (readOf(route)) all.push('precondition_failed');
  if (isInParts(route)) all.push('range_not_satisfiable');
  const named = refusals
    .map((one) => (typeof one === 'string' ? one : USUAL[one]))
    .filter((code) => code !== undefined);
  return [...new Set([...all, ...named])];
}

interface Example {
  readonly status: number;
  readonly code: ErrorCode;
  readonly body: object;
}

function exampleOf(code: ErrorCode, v3: boolean, route: Route): Example {
  const fields = code === 'validation_failed' ? { fields: FIELDS, message: FIELDS.name[0] } : {};
  const data = code === 'incorrect_code' || code === 'resend_too_early' ? { data: VERIFICATION } : {};
  const { status, body } = answerTo(new Refusal(code, { ...fields, ...data }), { ...AT, v3 }, route.refuse);
  return { status, code, body };
}

/** How a route refuses, by status: every code with an example in the form in which it is sent. */
export function refusalsOf(
  route: Route,
  v3: boolean,
): { status: number; response: Schema & { description: string } }[] {
  const plain = Object.keys(route.refuse?.plain ?? {}) as ErrorCode[];
  const examples = [...new Set([...codesOf(route), ...plain])].map((code) => exampleOf(code, v3, route));
  const statuses = [...new Set(examples.map(({ status }) => status))].sort((a, b) => a - b);
  return statuses.map((status) => ({ status, response: responseOf(examples.filter((one) => one.status === status)) }));
}

const LIMIT_HEADERS = {
  'RateLimit-Policy': {
    description: 'The limits that apply: requests (q) in seconds (w).',
    schema: { type: 'string' },
  },
  RateLimit: { description: 'Requests that are left (r) and seconds until all are (t).', schema: { type: 'string' } },
};

function responseOf(examples: readonly Example[]): Schema & { description: string } {
  const refs = [...new Set(examples.map(({ body }) => letterOf(body)))].map((letter) => ({
    $ref: `#/components/schemas/${`Refusal ${letter}`.replace(/\W/g, '')}`,
  }));
  const codes = examples.map(({ code }) => code);
  const again = codes.some((code) => CATALOGUE[code].retryAfter !== undefined);
  return {
    description: codes.map((code) => `\`${code}\`: ${CATALOGUE[code].help}`).join('\n\n'),
    headers: {
      'X-Error-Code': { schema: { type: 'string', enum: codes } },
      ...(codes.includes('too_many_requests') ? LIMIT_HEADERS : {}),
      ...(again ? { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } : {}),
    },
    content: {
      'application/json': {
        schema: refs.length === 1 ? refs[0] : { anyOf: refs },
        examples: Object.fromEntries(examples.map(({ code, body }) => [code, { value: body }])),
      },
    },
  };
}
