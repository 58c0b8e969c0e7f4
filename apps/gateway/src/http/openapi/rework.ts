type Json = Record<string, unknown>;
type Paths = Record<string, Json>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch']);

/** The operations of a document. */
export const operationsOf = (paths: Paths): Json[] =>
  Object.values(paths).flatMap((item) =>
    Object.entries(item)
      .filter(([method]) => METHODS.has(method))
      .map(([, operation]) => operation as Json),
  );

/** `nullable` of OpenAPI 3.0 as 3.1 says it. */
export function nullsAsTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullsAsTypes);
  if (!isObject(value)) return value;
  const all = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, nullsAsTypes(one)]));
  if (typeof all.nullable !== 'boolean') return all;
  const { nullable, type, allOf, description, ...rest } = all;
  if (!nullable) return { ...all, nullable: undefined };
  const said = description === undefined ? {} : { description };
  if (Array.isArray(allOf)) return { ...rest, ...said, anyOf: [...(allOf as unknown[]), { type: 'null' }] };
  const values = Array.isArray(rest.enum) ? { enum: [...(rest.enum as unknown[]), null] } : {};
  return { ...rest, ...values, ...said, ...(type === undefined ? {} : { type: [type, 'null'] }) };
}

const parametersIn = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** Two paths that are one URL pattern become one path item: its first name stays, the others' parameters take it. */
export function mergeIdentical(paths: Paths): Paths {
  const merged = new Map<string, [string, Json]>();
  for (const [path, item] of Object.entries(paths)) {
    const pattern = path.replace(/\{\w+\}/g, '{}');
    const first = merged.get(pattern);
    if (!first) merged.set(pattern, [path, { ...item }]);
    else Object.assign(first[1], renamed(item, parametersIn(path), parametersIn(first[0])));
  }
  return Object.fromEntries(merged.values());
}

function renamed(item: Json, from: readonly string[], to: readonly string[]): Json {
  const rename = (parameter: Json): Json => {
    const at = parameter.in === 'path' ? from.indexOf(parameter.name as string) : -1;
    return at < 0 ? parameter : { ...parameter, name: to[at], description: `The ${String(parameter.name)}.` };
  };
  const entries = Object.entries(item).map(([method, operation]) => {
    const { parameters = [] } = operation as { parameters?: Json[] };
    return [method, { ...(operation as Json), parameters: parameters.map(rename) }];
  });
  return Object.fromEntries(entries) as Json;
}

/** Refusals that many operations share are said once. */
export function shareRefusals(paths: Paths): Record<string, Json> {
  const known = new Map<string, string>();
  const shared: Record<string, Json> = {};
  for (const operation of operationsOf(paths)) {
    const responses = operation.responses as Record<string, Json>;
    for (const [status, response] of Object.entries(responses).filter(([code]) => Number(code) >= 400)) {
      const text = JSON.stringify(response);
      let name = known.get(text);
      if (!name) {
        const same = Object.keys(shared).filter((one) => one.startsWith(`Refused${status}`)).length;
        name = `Refused${status}${same === 0 ? '' : `_${same + 1}`}`;
        known.set(text, name);
        shared[name] = response;
      }
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  return shared;
}

/** Examples of parameters beside their schemas, where tools look for them. */
export function liftExamples(operations: readonly Json[]): void {
  for (const { parameters = [] } of operations as { parameters?: Json[] }[]) {
    for (const parameter of parameters) {
      const { example, ...schema } = (parameter.schema ?? {}) as Json;
      if (example !== undefined) Object.assign(parameter, { schema, example });
    }
  }
}

type Body = { readonly content: Record<string, { schema: Json }> };

/**
 * Takes the schemas of bodies out of the operations and refers to them by their titles, so that generated clients have
 * names for them.
 * @throws Error for two schemas of one name
 */
export function nameBodies(operations: readonly Json[], known: Readonly<Record<string, Json>>): Record<string, Json> {
  const named: Record<string, Json> = {};
  for (const { requestBody } of operations as { requestBody?: Body }[]) {
    for (const media of Object.values(requestBody?.content ?? {})) {
      const { title, ...schema } = media.schema;
      if (typeof title !== 'string') continue;
      const other = known[title] ?? named[title];
      if (other && JSON.stringify(other) !== JSON.stringify(schema)) throw new Error(`Two schemas are named ${title}.`);
      named[title] = schema;
      media.schema = { $ref: `#/components/schemas/${title}` };
    }
  }
  return named;
}
