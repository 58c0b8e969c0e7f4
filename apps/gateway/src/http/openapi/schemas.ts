import { type FieldRule, fieldsOf } from '@open-cpo/contracts';

export type Schema = Record<string, unknown>;

const TYPES = new Map<unknown, string>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Object, 'object'],
]);

/** The JSON schema of one field of an input, from what its decorator says. */
export function propertySchema(rule: FieldRule): Schema {
  const { type, isArray, required, nullable, description, ...docs } = rule.docs as Schema;
  void [isArray, required, nullable, description];
  const example = (rule as unknown as { example?: unknown }).example;
  const shown = example === undefined ? {} : { example };
  if (rule.nested) {
    const item = schemaOf([...fieldsOf(rule.nested()).values()]);
    return { ...(rule.many ? { type: 'array', items: item } : item), ...shown };
  }
  return { ...docs, ...(type === undefined ? {} : { type: TYPES.get(type) ?? type }), ...shown };
}

/** A body made of the fields' own examples, where every field that must be there has one. */
export function exampleOf(rules: readonly FieldRule[]): { example?: object } {
  const shown = rules.map((rule): [FieldRule, unknown] => [rule, (rule as unknown as { example?: unknown }).example]);
  if (shown.some(([{ presence }, example]) => presence === 'required' && example === undefined)) return {};
  const entries = shown
    .filter(([, example]) => example !== undefined)
    .map(([{ property }, example]) => [property, example]);
  return entries.length > 0 ? { example: Object.fromEntries(entries) as object } : {};
}

/** The JSON schema of an input's fields as one object. */
export function schemaOf(rules: readonly FieldRule[]): Schema {
  const required = rules.filter(({ presence }) => presence === 'required').map(({ property }) => property);
  return {
    type: 'object',
    properties: Object.fromEntries(rules.map((rule) => [rule.property, propertySchema(rule)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

type Schemas = Readonly<Record<string, Schema>>;

const PREFIX = '#/components/schemas/';

/** An example made of the schema's own ones; undefined where a part that must be there has none. */
function exampleIn(schema: Schema, schemas: Schemas): unknown {
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
