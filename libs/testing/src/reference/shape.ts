import type { Format } from './formats';

/** What a JSON value must look like, as data. Build one with the functions below, check a value with `mismatches`. */
export type Shape =
  | { readonly kind: 'format'; readonly format: Format }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'enum'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'nullable'; readonly of: Shape }
  | { readonly kind: 'list'; readonly of: Shape; readonly length?: number }
  | { readonly kind: 'map'; readonly of: Shape }
  | { readonly kind: 'oneOf'; readonly of: readonly Shape[] }
  | { readonly kind: 'rule'; readonly of: Shape; readonly says: string; readonly holds: (value: unknown) => boolean }
  | ObjectShape;

/** An object with exactly these keys (`open`: at least these); `ordered` when the reference fixes their order. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly keys: Keys;
  readonly ordered: boolean;
  readonly open: boolean;
}

/** A key that may be absent. */
export interface Optional {
  readonly kind: 'optional';
  readonly of: Shape;
}

/** The keys of an object. */
export type Keys = Readonly<Record<string, Shape | Optional>>;

/** A scalar of a named format. */
export const format = (name: Format): Shape => ({ kind: 'format', format: name });
/** Exactly this value. */
export const literal = (value: string | number | boolean | null): Shape => ({ kind: 'literal', value });
/** One of these values. */
export const oneOfValues = (...values: readonly (string | number)[]): Shape => ({ kind: 'enum', values });
/** A string that matches. */
export const pattern = (expression: RegExp): Shape => ({ kind: 'pattern', pattern: expression });
/** The shape, or null. */
export const nullable = (of: Shape): Shape => ({ kind: 'nullable', of });
/** A key that may be absent. */
export const optional = (of: Shape): Optional => ({ kind: 'optional', of });
/** An array of equal items, of a fixed length when one is given. */
export const list = (of: Shape, length?: number): Shape => ({
  kind: 'list',
  of,
  ...(length === undefined ? {} : { length }),
});
/** An object of at least one key, whatever their names. */
export const map = (of: Shape): Shape => ({ kind: 'map', of });
/** Any of several shapes. */
export const oneOf = (...of: readonly Shape[]): Shape => ({ kind: 'oneOf', of });
/** Exactly these keys, in any order. */
export const object = (keys: Keys): ObjectShape => ({ kind: 'object', keys, ordered: false, open: false });
/** Exactly these keys, in this order. */
export const ordered = (keys: Keys): ObjectShape => ({ kind: 'object', keys, ordered: true, open: false });
/** At least these keys. */
export const open = (keys: Keys = {}): ObjectShape => ({ kind: 'object', keys, ordered: false, open: true });

/** A relation between the parts of a value; asked only when the value has the shape, hence the cast. */
export const rule = <T>(of: Shape, says: string, holds: (value: T) => boolean): Shape => ({
  kind: 'rule',
  of,
  says,
  holds: holds as (value: unknown) => boolean,
});

/** Shorthands for the scalars. */
export const int = format('int');
export const id = format('id');
export const number = format('number');
export const bit = format('bit');
export const bool = format('bool');
export const string = format('string');
export const text = format('text');
export const s2 = format('s2');
export const s4 = format('s4');
export const numeric = format('numeric');
export const digits = format('digits');
export const iso = format('iso');
export const ymd = format('ymd');
export const hm = format('hm');
export const hms = format('hms');
export const url = format('url');
