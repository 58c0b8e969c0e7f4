import * as fc from 'fast-check';
import type { Schema } from '../document/operations';

const record = (value: unknown): Record<string, Schema> => (value ?? {}) as Record<string, Schema>;

/** Values that a schema of the document allows, its borders among them. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const options = (schema.oneOf ?? schema.anyOf) as readonly Schema[] | undefined;
  if (options) return fc.oneof(...options.map(valuesOf));
  if (schema.enum) return fc.constantFrom(...(schema.enum as unknown[]));
  const example = schema.example === undefined ? [] : [fc.constant(schema.example)];
  return fc.oneof(...example, ofType(schema));
}

function ofType(schema: Schema): fc.Arbitrary<unknown> {
  const type = Array.isArray(schema.type) ? (schema.type as string[])[0] : schema.type;
  if (type === 'integer') return integers(schema);
  if (type === 'number') return fc.oneof(integers(schema), fc.double({ noNaN: true, noDefaultInfinity: true }));
  if (type === 'boolean') return fc.boolean();
  if (type === 'array') return fc.array(valuesOf((schema.items ?? {}) as Schema), { maxLength: 4 });
  if (type === 'object') return objectOf(schema);
  if (type === 'string') return texts(schema);
  return fc.jsonValue({ maxDepth: 1 });
}

/** An object with the required and some of the other properties. */
export function objectOf(schema: Schema): fc.Arbitrary<Record<string, unknown>> {
  const model = Object.fromEntries(
    Object.entries(record(schema.properties)).map(([name, one]) => [name, valuesOf(one)]),
  );
  const requiredKeys = ((schema.required ?? []) as string[]).filter((name) => name in model);
  return fc.record(model, { requiredKeys });
}

function integers({ minimum, maximum }: Schema): fc.Arbitrary<number> {
  const min = (minimum as number | undefined) ?? -(2 ** 31);
  const max = (maximum as number | undefined) ?? 2 ** 31 - 1;
  return fc.oneof(fc.constantFrom(min, max, Math.min(max, min + 1)), fc.integer({ min, max }));
}

function texts({ maxLength, minLength = 0, pattern, format }: Schema): fc.Arbitrary<string> {
  if (pattern || format) return fc.constantFrom('08:00:00', '2030-01-01', 'a@example.com', '2026-01-01T00:00:00Z');
  const max = Math.min((maxLength as number | undefined) ?? 40, 6000);
  const border = 'é'.repeat(max);
  return fc.oneof(
    fc.constant(border),
    fc.string({ unit: 'grapheme', minLength: minLength as number, maxLength: Math.min(max, 40) }),
  );
}
