import type { Schema } from './schema-of';

type Schemas = Readonly<Record<string, Schema>>;

const PREFIX = '#/components/schemas/';

/** An example made of the schema's own ones; undefined where a part that must be there has none. */
export function exampleIn(schema: Schema, schemas: Schemas): unknown {
  const { $ref, example, enum: words, default: usual, anyOf, allOf } = schema;
  if (example !== undefined) return example;
  if (typeof $ref === 'string') return exampleIn(schemas[$ref.slice(PREFIX.length)] ?? {}, schemas);
  if (Array.isArray(words)) return words[0] as unknown;
  if (usual !== undefined) return usual;
  const [either] = [anyOf, allOf].filter((several) => Array.isArray(several)) as Schema[][];
  if (either?.[0]) return exampleIn(either[0], schemas);
  return byType(schema, schemas);
}

function byType(schema: Schema, schemas: Schemas): unknown {
  const { type, nullable, items, properties, required } = schema;
  if (type === 'array') {
    const item = exampleIn((items as Schema | undefined) ?? {}, schemas);
    return item === undefined ? [] : [item];
  }
  if (properties) return objectOf(properties as Schemas, new Set(required as string[] | undefined), schemas);
  return nullable === true || (Array.isArray(type) && type.includes('null')) ? null : undefined;
}

function objectOf(properties: Schemas, required: ReadonlySet<string>, schemas: Schemas): object | undefined {
  const shown = Object.entries(properties).map(([name, schema]) => [name, exampleIn(schema, schemas)] as const);
  const known = shown.filter(([, example]) => example !== undefined);
  const whole = known.length + shown.filter(([name, example]) => example === undefined && !required.has(name)).length;
  return whole === shown.length && (known.length > 0 || shown.length === 0) ? Object.fromEntries(known) : undefined;
}

interface Content {
  readonly schema?: Schema;
  example?: unknown;
  readonly examples?: object;
}

/** Gives bodies and answers an example where they have none and their schemas know one. */
export function addExamples(operations: readonly object[], schemas: Schemas): void {
  type Body = { readonly content?: Record<string, Content> };
  for (const operation of operations as { requestBody?: Body; responses?: Record<string, Body> }[]) {
    for (const { content = {} } of [operation.requestBody ?? {}, ...Object.values(operation.responses ?? {})]) {
      for (const one of Object.values(content)) {
        if (!one.schema || one.examples || one.example !== undefined) continue;
        const example = exampleIn(one.schema, schemas);
        if (example !== undefined) one.example = example;
      }
    }
  }
}
