import Ajv, { type ValidateFunction } from 'ajv';
import { readTime } from '../time/instant';
import schemas from './schemas.json';

// The first error alone: a message may have as many as it has fields, and each costs.
const ajv = new Ajv({ strict: false, allErrors: false, allowUnionTypes: true });
ajv.addFormat('date-time', (text) => readTime(text).at !== undefined);
ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:\S+$/i);

const { definitions, messages } = schemas as unknown as {
  readonly definitions: object;
  readonly messages: Readonly<Record<string, object>>;
};
const compiled = new Map<string, ValidateFunction>();

/** The schema of a message, compiled when it is first used. */
function validatorOf(name: string): ValidateFunction | undefined {
  const schema = Object.hasOwn(messages, name) ? messages[name] : undefined;
  if (schema === undefined) return undefined;
  const known = compiled.get(name);
  if (known) return known;
  const made = ajv.compile({ ...schema, definitions });
  compiled.set(name, made);
  return made;
}

/** Validates against `<action>Request` or `<action>Response`, up to the first error. Empty: valid. */
function problemsOf(name: string, payload: unknown): string[] {
  const validate = validatorOf(name);
  if (!validate || validate(payload)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) =>
    `${instancePath || '/'} ${message}`.slice(0, 200),
  );
}

/** How a request of a charger deviates from the schema, for the log: it is handled all the same. */
export const requestProblems = (action: string, payload: unknown): readonly string[] =>
  problemsOf(`${action}Request`, payload);

/** Whether the protocol has a call of this name. */
export const isKnownAction = (action: string): boolean => Object.hasOwn(messages, `${action}Request`);

/** @throws Error when a response of ours does not fit its schema: a malformed one can make a charger hang */
export function assertResponse(action: string, payload: unknown): void {
  const problems = problemsOf(`${action}Response`, payload);
  if (problems.length > 0) throw new Error(`${action}.conf is not valid: ${problems.join('; ')}`);
}
