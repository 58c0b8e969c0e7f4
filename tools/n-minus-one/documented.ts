import Ajv, { type ValidateFunction } from 'ajv/dist/2020';

interface Parameter {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly example?: unknown;
}
interface Media {
  readonly schema?: object;
}
interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, Response>>;
}

/** The parts of an OpenAPI document that are looked at. */
export interface Document {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components?: { readonly responses?: Readonly<Record<string, Response>> };
}

/** One read of a document. */
export interface Read {
  readonly path: string;
  /** Query parameters that must be given, with their examples. */
  readonly query: string;
}

/** What a client got for a read. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/** Begins work or never ends: not read again and again. */
const NO_READS = /export|\/events$|\/imports|\/docs|openapi/;
const JSON_TYPE = 'application/json';

/** What clients of a version rely on: its own OpenAPI document. Properties that it does not name may be there. */
export class Documented {
  private readonly ajv = new Ajv({ strict: false, validateFormats: false });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: Document) {
    this.ajv.addSchema({ ...document, $id: 'api' });
  }

  /** Reads with one path parameter at most, which is to be filled with an id of the list above it. */
  reads(): Read[] {
    return Object.entries(this.document.paths).flatMap(([path, { get }]) => {
      if (!get || NO_READS.test(path) || (path.match(/\{/g)?.length ?? 0) > 1) return [];
      const needed = (get.parameters ?? []).filter((one) => one.in === 'query' && one.required);
      if (needed.some(({ example }) => example === undefined)) return [];
      const query = new URLSearchParams(
        needed.map(({ name = '', example }): [string, string] => [name, String(example)]),
      ).toString();
      return [{ path, query }];
    });
  }

  /** What of an answer a client of this version would not understand. */
  problems(path: string, { status, type, body }: Answered): string[] {
    const response = this.responseOf(path, status);
    if (!response) return [`GET ${path}: ${status} is not documented`];
    const schema = type.startsWith(JSON_TYPE) ? response.content?.[JSON_TYPE]?.schema : undefined;
    if (!schema) return [];
    const validate = this.validator(path, status, schema);
    if (validate(body)) return [];
    const { instancePath = '', message = '', params } = validate.errors?.[0] ?? {};
    return [`GET ${path}: ${instancePath} ${message} ${JSON.stringify(params)}`];
  }

  private responseOf(path: string, status: number): Response | undefined {
    const found = this.document.paths[path]?.get?.responses[status];
    const name = found?.$ref?.split('/').at(-1);
    return name === undefined ? found : this.document.components?.responses?.[name];
  }

  private validator(path: string, status: number, schema: object): ValidateFunction {
    const key = `${path} ${status}`;
    const known = this.validators.get(key);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
    const made = this.ajv.compile(JSON.parse(text) as object);
    this.validators.set(key, made);
    return made;
  }
}

/** The first id in an answer, at whatever depth. */
export function firstId(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const id = (value as { id?: unknown }).id;
  if (typeof id === 'number' || typeof id === 'string') return String(id);
  for (const inner of Object.values(value)) {
    const found = firstId(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
