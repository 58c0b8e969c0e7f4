import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { type Answer, at, send } from '../client';
import { Properties, type Schema, withoutOthers } from './properties';

interface Media {
  readonly schema?: Schema;
}
interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
}
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly permission: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: unknown }[];
  readonly takesBody: boolean;
  readonly responses: Readonly<Record<string, Response>>;
  readonly pattern: RegExp;
}
interface Item {
  readonly operationId: string;
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: object;
  readonly responses: Operation['responses'];
  readonly 'x-permission': string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
const parametersIn = ({ path }: Operation): number => path.split('{').length;

/** The document that the gateway serves, against which every answer is held. */
export class Described {
  readonly operations: readonly Operation[];
  /** What an answer had that the document does not, or lacked. */
  readonly faults = new Set<string>();
  private readonly came = new Set<string>();
  private readonly properties: Properties;
  private readonly validators = new Map<Schema, ValidateFunction>();
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

  private constructor(private readonly document: Schema) {
    this.ajv.addSchema({ ...(withoutOthers(document) as Schema), $id: 'api' });
    this.properties = new Properties(document, (schema, value) => this.validator(schema)(value));
    const paths = document.paths as Record<string, Record<string, Item>>;
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => operation(path, method, item[method] as Item)),
    );
    // Of two that match, the literal one is meant.
    this.operations = operations.sort((a, b) => parametersIn(a) - parametersIn(b));
  }

  static async served(): Promise<Described> {
    return new Described((await send('GET', '/openapi.json')).body as Schema);
  }

  /** Holds an answer against what is said of its operation. */
  check(method: string, url: string, answer: Pick<Answer, 'status' | 'headers' | 'body'>): void {
    const [path = ''] = url.split('?');
    const found = this.operations.find((one) => one.method === method && one.pattern.test(path));
    if (!found) return void this.faults.add(`${method} ${path} is not documented`);
    const name = `${method} ${found.path} ${answer.status}`;
    const response = this.whole(found.responses[answer.status]);
    if (!response) return void this.faults.add(`${name} is not documented: ${JSON.stringify(answer.body)}`);
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    this.came.add(type ? `${name} ${type}` : name);
    if (type || response.content) this.checkMedia(name, type, response.content?.[type], answer.body);
  }

  private checkMedia(name: string, type: string, media: Media | undefined, body: unknown): void {
    if (!media) this.faults.add(`${name}: its content type is "${type}"`);
    else if (media.schema && type.includes('json')) this.compare(name, media.schema, body);
  }

  /** Successes in the document that no answer was. */
  missing(): string[] {
    const documented = this.operations.flatMap(({ method, path, responses }) =>
      Object.keys(responses)
        .filter((status) => Number(status) < 300)
        .flatMap((status) => {
          const types = Object.keys(this.whole(responses[status])?.content ?? {});
          const name = `${method} ${path} ${status}`;
          return types.length > 0 ? types.map((type) => `${name} ${type}`) : [name];
        }),
    );
    return documented.filter((name) => !this.came.has(name));
  }

  /** Properties of successes in the document that no answer had. */
  unseen(): string[] {
    return this.properties.unseen();
  }

  private compare(name: string, schema: Schema, body: unknown): void {
    const validate = this.validator(schema);
    if (!validate(body)) {
      const errors = (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${instancePath.replace(/\/\d+/g, '/*')} ${message} ${JSON.stringify(params)}`,
      );
      this.faults.add(`${name}: ${[...new Set(errors)].slice(0, 6).join('; ')}`);
    } else if (Number(name.split(' ')[2]) < 300) this.properties.see(schema, body);
  }

  private validator(schema: Schema): ValidateFunction {
    let found = this.validators.get(schema);
    if (!found) {
      const closed = JSON.stringify(withoutOthers(schema)).replaceAll('"#/components', '"api#/components');
      this.validators.set(schema, (found = this.ajv.compile(JSON.parse(closed) as Schema)));
    }
    return found;
  }

  private whole(response?: Response): Response | undefined {
    if (!response?.$ref) return response;
    return at<Response>({ body: this.document } as Answer, ...response.$ref.slice(2).split('/'));
  }
}

const operation = (path: string, method: string, item: Item): Operation => ({
  method: method.toUpperCase(),
  path,
  operationId: item.operationId,
  permission: item['x-permission'],
  parameters: item.parameters ?? [],
  takesBody: item.requestBody !== undefined,
  responses: item.responses,
  pattern: patternOf(path),
});
