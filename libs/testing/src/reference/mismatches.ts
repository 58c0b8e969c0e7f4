import { FORMATS } from './formats';
import type { Keys, ObjectShape, Shape } from './shape';

type Of<K extends Shape['kind']> = Extract<Shape, { kind: K }>;
type Check<K extends Shape['kind']> = (value: unknown, shape: Of<K>, path: string) => string[];

const shown = (value: unknown): string => {
  const json = value instanceof Uint8Array ? `${value.byteLength} bytes` : (JSON.stringify(value) ?? String(value));
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
};

const expected = (path: string, what: string, value: unknown) => [`${path}: expected ${what}, got ${shown(value)}`];
const unless = (holds: boolean, path: string, what: string, value: unknown) =>
  holds ? [] : expected(path, what, value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const at = (path: string, key: string) => (/^\w+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`);

const checkKeys = (value: Record<string, unknown>, keys: Keys, path: string): string[] =>
  Object.entries(keys).flatMap(([key, shape]) => {
    if (!Object.hasOwn(value, key)) return shape.kind === 'optional' ? [] : [`${at(path, key)}: missing`];
    return mismatches(value[key], shape.kind === 'optional' ? shape.of : shape, at(path, key));
  });

const checkOrder = (value: Record<string, unknown>, shape: ObjectShape, path: string): string[] => {
  const came = Object.keys(value).filter((key) => Object.hasOwn(shape.keys, key));
  const wanted = Object.keys(shape.keys).filter((key) => Object.hasOwn(value, key));
  return unless(came.join() === wanted.join(), path, `the keys in the order ${wanted.join(', ')}`, came.join(', '));
};

const checkObject: Check<'object'> = (value, shape, path) => {
  if (!isObject(value)) return expected(path, 'an object', value);
  const extra = shape.open ? [] : Object.keys(value).filter((key) => !Object.hasOwn(shape.keys, key));
  return [
    ...checkKeys(value, shape.keys, path),
    ...extra.map((key) => `${at(path, key)}: not documented`),
    ...(shape.ordered ? checkOrder(value, shape, path) : []),
  ];
};

const checkList: Check<'list'> = (value, shape, path) => {
  if (!Array.isArray(value)) return expected(path, 'a list', value);
  const wrongLength = shape.length !== undefined && value.length !== shape.length;
  return [
    ...unless(!wrongLength, path, `${shape.length} items`, value),
    ...value.flatMap((item: unknown, index) => mismatches(item, shape.of, `${path}[${index}]`)),
  ];
};

const checkMap: Check<'map'> = (value, shape, path) => {
  if (!isObject(value) || Object.keys(value).length === 0) return expected(path, 'an object with a key', value);
  return Object.entries(value).flatMap(([key, item]) => mismatches(item, shape.of, at(path, key)));
};

/** Of several shapes that all fail, the complaint of the nearest one says most. */
const checkOneOf: Check<'oneOf'> = (value, shape, path) => {
  const attempts = shape.of.map((one) => mismatches(value, one, path));
  return attempts.reduce((best, one) => (one.length < best.length ? one : best));
};

const checkRule: Check<'rule'> = (value, shape, path) => {
  const wrong = mismatches(value, shape.of, path);
  return wrong.length > 0 ? wrong : unless(shape.holds(value), path, shape.says, value);
};

const CHECKS: { readonly [K in Shape['kind']]: Check<K> } = {
  format: (value, shape, path) => unless(FORMATS[shape.format](value), path, shape.format, value),
  literal: (value, shape, path) => unless(value === shape.value, path, shown(shape.value), value),
  enum: (value, shape, path) =>
    unless(shape.values.includes(value as string), path, `one of ${shape.values.join(', ')}`, value),
  pattern: (value, shape, path) =>
    unless(typeof value === 'string' && shape.pattern.test(value), path, String(shape.pattern), value),
  nullable: (value, shape, path) => (value === null ? [] : mismatches(value, shape.of, path)),
  list: checkList,
  map: checkMap,
  oneOf: checkOneOf,
  rule: checkRule,
  object: checkObject,
};

/**
 * Where a value departs from a shape, one line each: `$.results.id: expected id, got "7"`. Empty when it has the shape.
 * @param value parsed JSON; for a file its bytes, for an absent body `undefined` or `''`
 */
export function mismatches(value: unknown, shape: Shape, path = '$'): string[] {
  const check = CHECKS[shape.kind] as Check<Shape['kind']>;
  return check(value, shape, path);
}
