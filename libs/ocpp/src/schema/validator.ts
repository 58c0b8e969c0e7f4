import Ajv, { type ValidateFunction } from 'ajv';
import { readTime } from '../time/instant';

/** The schemas of a version: definitions once, `<action>Request` and `<action>Response` of each message. */
export interface Schemas {
  readonly definitions: object;
  readonly messages: Readonly<Record<string, object>>;
}

/** Validates the messages of one version of the protocol. */
export class MessageValidator {
  // The first error alone: a message may have as many as it has fields, and each costs.
  private readonly ajv = new Ajv({ strict: false, allErrors: false, allowUnionTypes: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly schemas: Schemas) {
    this.ajv.addFormat('date-time', (text) => readTime(text).at !== undefined);
    this.ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:\S+$/i);
  }

  /** Whether the version has a message `<action>Request` or `<action>Response`. */
  has(name: string): boolean {
    return Object.hasOwn(this.schemas.messages, name);
  }

  /** What is wrong with a message, up to the first error. Empty: valid, or a message that the version does not have. */
  problemsOf(name: string, payload: unknown): string[] {
    const validate = this.validatorOf(name);
    if (!validate || validate(payload)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = '' }) =>
      `${instancePath || '/'} ${message}`.slice(0, 200),
    );
  }

  /** @throws Error when a message of ours does not fit its schema: a malformed one can make a charger hang */
  assertValid(name: string, payload: unknown): void {
    const problems = this.problemsOf(name, payload);
    if (problems.length > 0) throw new Error(`${name} is not valid: ${problems.join('; ')}`);
  }

  /** The schema of a message, compiled when it is first used. */
  private validatorOf(name: string): ValidateFunction | undefined {
    if (!this.has(name)) return undefined;
    const known = this.compiled.get(name);
    if (known) return known;
    const { definitions, messages } = this.schemas;
    const made = this.ajv.compile({ ...messages[name], definitions });
    this.compiled.set(name, made);
    return made;
  }
}
