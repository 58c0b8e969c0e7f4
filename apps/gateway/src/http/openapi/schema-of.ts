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
