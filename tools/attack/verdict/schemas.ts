import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv/dist/2020';
import type { ApiDocument, Operation } from '../document/operations';

/** Says whether bodies are what the document promises. */
export class Schemas {
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
  private readonly known = new Map<string, ValidateFunction>();

  constructor(document: ApiDocument) {
    this.ajv.addSchema(document.raw, 'api');
  }

  /** What is wrong with an answer's status or body; nothing for what is as documented. */
  mismatch({ answers }: Operation, status: number, body: () => unknown): string | undefined {
    if (!answers.has(status)) return `status ${status} is not documented`;
    const pointer = answers.get(status);
    if (pointer === undefined) return undefined;
    const validate = this.validator(pointer);
    let value: unknown;
    try {
      value = body();
    } catch {
      return `status ${status}: the body is no JSON`;
    }
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `status ${status}: ${error?.instancePath || 'the body'} ${error?.message}`;
  }

  /** Whether a value has the shape that is at a pointer of the document. */
  fits(pointer: string, value: unknown): boolean {
    return this.validator(pointer)(value);
  }

  private validator(pointer: string): ValidateFunction {
    let found = this.known.get(pointer);
    if (!found) this.known.set(pointer, (found = this.ajv.compile({ $ref: `api${pointer}` })));
    return found;
  }
}
