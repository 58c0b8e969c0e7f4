import { LAST, type Step, STEPS } from './steps';

type Json = Record<string, unknown>;
interface Named {
  key: string;
  value: string;
  disabled?: boolean;
}
interface Request {
  readonly method: string;
  readonly url: { readonly path: readonly string[]; readonly query: Named[]; readonly variable: Named[] };
  readonly header: Named[];
  body?: { raw?: string };
  auth?: unknown;
}
interface Item {
  readonly name: string;
  readonly request: Request;
  event?: unknown;
}
export interface Folder {
  readonly name: string;
  item: (Folder | Item)[];
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { $ref?: string; content?: Record<string, { schema?: Json }> }>>;
}

const isItem = (one: Folder | Item): one is Item => 'request' in one;
const itemsOf = (folder: Folder): Item[] => folder.item.flatMap((one) => (isItem(one) ? [one] : itemsOf(one)));

/** Words of a schema that say nothing about a value. */
const SILENT = new Set(['description', 'example', 'examples', 'title', 'format', 'default']);

/** Puts the requests of a collection in an order in which all of them can be sent, and has each look at its answer. */
export class Sequence {
  private readonly document: Json;
  private readonly operations = new Map<string, Operation>();
  private readonly positions: readonly string[];

  constructor(document: string) {
    this.document = JSON.parse(document) as Json;
    for (const [path, item] of Object.entries(this.document.paths as Record<string, Record<string, Operation>>)) {
      for (const [method, operation] of Object.entries(item)) {
        this.operations.set(`${method.toUpperCase()} ${path}`, operation);
      }
    }
    this.positions = [...this.operations.values()].map(({ operationId }) => operationId);
  }

  of(collection: Folder): Folder {
    const folders = collection.item.map((one) => {
      const items = isItem(one) ? [one] : itemsOf(one);
      return { ...one, item: this.sorted(items).map((item) => this.whole(item)) };
    });
    const isLast = (one: Item): boolean => LAST.includes(this.operationOf(one).operationId);
    const byId = (a: Item, b: Item): number => LAST.indexOf(this.idOf(a)) - LAST.indexOf(this.idOf(b));
    const last = folders.flatMap(({ item }) => item.filter(isLast)).sort(byId);
    const first = folders
      .map((folder) => ({ ...folder, item: folder.item.filter((one) => !isLast(one)) }))
      .sort((a, b) => this.place(a.item) - this.place(b.item));
    return { ...collection, item: [...first, { name: 'at the end', item: last }] };
  }

  /** Login first; what is made before what needs it, and taken away after. */
  private sorted(items: readonly Item[]): Item[] {
    const rank = (item: Item): number => (this.idOf(item) === 'accountsLogin' ? -1 : rankOf(item.request));
    return [...items].sort((a, b) => rank(a) - rank(b) || this.position(a) - this.position(b));
  }

  private place(items: readonly Item[]): number {
    return Math.min(...items.map((one) => this.position(one)));
  }

  private position(item: Item): number {
    return this.positions.indexOf(this.idOf(item));
  }

  private idOf(item: Item): string {
    return this.operationOf(item).operationId;
  }

  private operationOf({ request: { method, url } }: Item): Operation {
    const name = `${method} /${url.path.join('/').replace(/:(\w+)/g, '{$1}')}`;
    const found = this.operations.get(name);
    if (!found) throw new Error(`${name} is not in the document.`);
    return found;
  }

  private whole(item: Item): Item {
    const operation = this.operationOf(item);
    const step = STEPS[operation.operationId] ?? {};
    const request = withStep(item.request, step);
    const exec = this.script(operation, step);
    return { ...item, request, event: [{ listen: 'test', script: { type: 'text/javascript', exec } }] };
  }

  /** Each request asserts its status and the form of its answer, and keeps what later ones need. */
  private script({ responses }: Operation, { answers, keeps = {} }: Step): string[] {
    const statuses =
      answers ??
      Object.keys(responses)
        .map(Number)
        .filter((status) => status < 300);
    const schemas = statuses.flatMap((status) => {
      const schema = this.jsonOf(responses[status]);
      return schema ? [[status, schema] as const] : [];
    });
    const kept = Object.entries(keeps).map(([name, from]) => `  pm.environment.set('${name}', String(${from} ?? ''));`);
    return [
      `pm.test('status', () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(statuses)}));`,
      `const schema = ${JSON.stringify(Object.fromEntries(schemas))}[pm.response.code];`,
      `if (schema && /json/.test(pm.response.headers.get('Content-Type'))) {`,
      `  pm.test('body', () => pm.response.to.have.jsonSchema(schema));`,
      '}',
      ...(kept.length > 0 ? ['if (pm.response.code < 300) {', '  const body = pm.response.json();', ...kept, '}'] : []),
    ];
  }

  private jsonOf(response?: Operation['responses'][string]): unknown {
    const whole = response?.$ref ? (this.resolved(response.$ref) as typeof response) : response;
    const schema = whole?.content?.['application/json']?.schema;
    return schema && this.inlined(schema);
  }

  /** A schema without references, and with nothing but what a value is judged by. */
  private inlined(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.inlined(one));
    if (typeof value !== 'object' || value === null) return value;
    const { $ref } = value as { $ref?: string };
    if ($ref !== undefined) return this.inlined(this.resolved($ref));
    const { properties, ...rest } = value as Json;
    const kept = Object.entries(rest).filter(([key]) => !SILENT.has(key));
    const all = Object.fromEntries(kept.map(([key, one]) => [key, this.inlined(one)]));
    if (!properties) return all;
    const named = Object.entries(properties as Json).map(([name, one]) => [name, this.inlined(one)]);
    return { ...all, properties: Object.fromEntries(named) as Json };
  }

  private resolved(ref: string): unknown {
    return ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (at as Json)[key], this.document);
  }
}

/** Making, looking at all, looking at one, changing, taking away. */
function rankOf({ method, url }: Request): number {
  const ofOne = url.variable.length > 0;
  if (method === 'DELETE') return 4;
  if (method === 'PUT' || method === 'PATCH') return 3;
  if (ofOne) return 2;
  return method === 'POST' ? 0 : 1;
}

function withStep(request: Request, { body, headers = {}, path = {}, query = {}, withoutToken }: Step): Request {
  const { url, header } = request;
  const variable = url.variable.map((one) => ({ ...one, value: path[one.key] ? `{{${path[one.key]}}}` : one.value }));
  const others = (all: readonly Named[], by: object): Named[] => all.filter(({ key }) => !Object.hasOwn(by, key));
  const given = (by: Readonly<Record<string, string>>): Named[] =>
    Object.entries(by).map(([key, value]) => ({ key, value }));
  const raw = body && JSON.stringify(body, undefined, 2).replace(/"#(\w+)"/g, '{{$1}}');
  return {
    ...request,
    url: { ...url, variable, query: [...others(url.query, query), ...given(query)] },
    header: [...others(header, headers), ...given(headers)],
    ...(raw ? { body: { ...request.body, raw } } : {}),
    ...(withoutToken ? { auth: { type: 'noauth' } } : {}),
  };
}
