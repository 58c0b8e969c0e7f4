import type { ApiPropertyOptions } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import type { Dto } from '../core/operation';
import { Email } from './contacts';
import { declaredFields, field, type FieldRule, VALIDATOR } from './field';
import { arrayProblem, asArray } from './nested';
import { Bool, Choice, Int, Numeric, Text, textProblem } from './scalars';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Judge = FieldRule['judge'];

/** What a decorator adds to a field beside its type. */
interface Constraint {
  readonly judge: Judge;
  readonly docs: object;
}

const PRESENCE = ['isOptional', 'isDefined', 'isNotEmpty', 'arrayNotEmpty', 'isArray'];

const length = (min: number, max?: number): Constraint => ({
  judge: (value, label) => textProblem(value, label, min, max ?? Infinity),
  docs: { ...(min ? { minLength: min } : {}), ...(max === undefined ? {} : { maxLength: max }) },
});
const count = (value: unknown): number => (value as unknown[]).length;

const CONSTRAINTS: Readonly<Record<string, (...args: never[]) => Constraint>> = {
  isLength: length,
  minLength: length,
  maxLength: (max: number) => length(0, max),
  matches: (form: string | RegExp, flags?: string) => {
    const pattern = new RegExp(form, flags);
    return {
      judge: (value, label) =>
        String(value).search(pattern) < 0 ? `The ${label} field format is invalid.` : undefined,
      docs: { pattern: pattern.source },
    };
  },
  min: (minimum: number) => ({
    judge: (value, label) =>
      (value as number) < minimum ? `The ${label} field must be at least ${minimum}.` : undefined,
    docs: { minimum },
  }),
  max: (maximum: number) => ({
    judge: (value, label) =>
      (value as number) > maximum ? `The ${label} field must not be greater than ${maximum}.` : undefined,
    docs: { maximum },
  }),
  arrayMaxSize: (maxItems: number) => ({
    judge: (value, label) =>
      count(value) > maxItems ? `The ${label} field must not have more than ${maxItems} items.` : undefined,
    docs: { maxItems },
  }),
  arrayMinSize: (minItems: number) => ({
    judge: (value, label) =>
      count(value) < minItems ? `The ${label} field must have at least ${minItems} items.` : undefined,
    docs: { minItems },
  }),
};

/** Without limits of their own: those of other decorators hold. */
const TYPES: Readonly<
  Record<string, (limits: { min?: number; max?: number }, values: readonly unknown[]) => PropertyDecorator>
> = {
  isString: ({ max }) => Text({ max }),
  isInt: ({ min, max }) => Int({ min, max }),
  isNumber: () => Numeric(),
  isBoolean: () => Bool(),
  isEmail: () => Email(),
  isIn: (_, values) => Choice(values.map(String)),
  isEnum: (_, values) => Choice(values.map(String)),
  isEmpty: () =>
    field({
      read: asArray,
      judge: (_, label) => `The ${label} field must be empty.`,
      docs: { nullable: true },
    }),
};
/** The type of a field that has nothing but constraints. */
const IMPLIED: Readonly<Record<string, string>> = {
  isLength: 'isString',
  minLength: 'isString',
  maxLength: 'isString',
  matches: 'isString',
  min: 'isNumber',
  max: 'isNumber',
};

/** Decorators whose metadata has no name, by their type. */
const UNNAMED: Readonly<Record<string, string>> = {
  nestedValidation: 'ValidateNested',
  conditionalValidation: 'ValidateIf',
  whitelistValidation: 'Allow',
};
const decoratorOf = ({ name, type }: Metadata): string =>
  name ? name.charAt(0).toUpperCase() + name.slice(1) : (UNNAMED[type] ?? type);

/**
 * The fields of a DTO class in their order: those of field decorators, and those of class-validator's, which read,
 * answer and document like the field of the same type.
 * @throws Error with the name of a decorator that cannot be honoured
 */
export function readFields(dto: Dto<object>): ReadonlyMap<string, FieldRule> {
  const own = declaredFields(dto);
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
  const foreign = metadata.filter(({ name }) => name !== VALIDATOR);
  if (foreign.length === 0) return own;
  const of = Map.groupBy(foreign, ({ propertyName }) => propertyName);
  const order = new Set([...own.keys(), ...of.keys()]);
  return new Map([...order].map((name) => [name, fieldBy(dto, name, of.get(name) ?? [], own.get(name))]));
}

function fieldBy(dto: Dto<object>, property: string, metadata: Metadata[], own?: FieldRule): FieldRule {
  if (own && metadata.length === 0) return own;
  const fail = (why: string): never => {
    throw new Error(`${dto.name}.${property}: ${why}`);
  };
  for (const one of metadata) {
    const why = obstacle(one, own !== undefined);
    if (why !== undefined) fail(`${decoratorOf(one)}${why} is not honoured here.`);
  }
  const each = metadata.filter((one) => one.each);
  const whole = metadata.filter((one) => !one.each);
  const isList = each.length > 0 || whole.some(({ name = '' }) => /array/i.test(name));
  const typed = (some: Metadata[]) =>
    typeOf(property, some) ?? fail('one decorator of its type, such as IsInt, is needed.');
  const rule = own ?? (isList ? listOf(constrained(typed(each), each)) : typed(whole));
  return { ...constrained(rule, whole), presence: presenceOf(whole, own) };
}

const isEmptyObject = (value: unknown): boolean => Object.keys(value ?? {}).length === 0;
const HONOURED = new Set([...PRESENCE, ...Object.keys(CONSTRAINTS), ...Object.keys(TYPES)]);
const TEXTS_ONLY = ['isIn', 'isEnum'];
const WITH_OPTIONS = ['isNumber', 'isEmail'];

function hasOptions({ name = '', message, groups, constraints }: Metadata): boolean {
  return (
    message !== undefined || !isEmptyObject(groups) || (WITH_OPTIONS.includes(name) && !isEmptyObject(constraints?.[0]))
  );
}

/** What keeps a decorator from being honoured: words that follow its name. */
function obstacle(one: Metadata, isBeside: boolean): string | undefined {
  const { name = '', each, constraints = [] } = one;
  if (!HONOURED.has(name)) return '';
  if (hasOptions(one)) return ' with options';
  if (isBeside && (each || name in TYPES)) return ' beside a field decorator';
  if (each && PRESENCE.includes(name)) return ' of items';
  const values = TEXTS_ONLY.includes(name) ? (constraints.at(-1) as unknown[]) : [];
  return values.every((value) => typeof value === 'string') ? undefined : ' of values that are no texts';
}

/** A field of the type that the metadata says, as its field decorator makes it. */
function typeOf(property: string, metadata: readonly Metadata[]): FieldRule | undefined {
  const names = metadata.map(({ name = '' }) => name);
  const types = names.filter((name) => name in TYPES);
  // `IsString` goes without saying beside `IsEmail` and `IsIn`.
  const [type, other] = types.length > 1 ? types.filter((name) => name !== 'isString') : types;
  const decorate = TYPES[type ?? names.map((name) => IMPLIED[name]).find(Boolean) ?? ''];
  if (!decorate || other) return undefined;
  const argument = (name: string, at = 0): unknown =>
    metadata.find((one) => one.name === name)?.constraints?.[at] as unknown;
  const limits = { min: argument('min'), max: argument('max') ?? argument('maxLength') ?? argument('isLength', 1) };
  class Holder {}
  const values = (argument('isIn') ?? argument('isEnum', 1) ?? []) as readonly unknown[];
  decorate(limits as { min?: number; max?: number }, values)(Holder.prototype, property);
  return declaredFields(Holder).get(property);
}

function constrained(rule: FieldRule, metadata: readonly Metadata[]): FieldRule {
  return metadata.reduce((known, { name = '', constraints = [] }) => {
    const constraint = CONSTRAINTS[name]?.(...(constraints as never[]));
    if (!constraint) return known;
    const judge: Judge = (value, label) => known.judge(value, label) ?? constraint.judge(value, label);
    return { ...known, judge, docs: { ...known.docs, ...constraint.docs } };
  }, rule);
}

function listOf(item: FieldRule): FieldRule {
  const { type } = item.docs as { type: string | { readonly name: string } };
  const items = { ...item.docs, type: typeof type === 'string' ? type : type.name.toLowerCase() };
  return {
    ...item,
    reported: item.property,
    many: true,
    opaque: true,
    read: (raw) => (Array.isArray(raw) ? raw.map(item.read) : asArray(raw)),
    judge: (value, label) =>
      arrayProblem(value, label) ?? (value as unknown[]).map((one) => item.judge(one, label)).find(Boolean),
    docs: { type: 'array', items } as ApiPropertyOptions,
  };
}

/** As class-validator has it, a field is required unless it says otherwise; an empty text counts as none. */
function presenceOf(metadata: readonly Metadata[], own?: FieldRule): FieldRule['presence'] {
  const has = (...names: string[]): boolean => metadata.some(({ name = '' }) => names.includes(name));
  const isFilled = has('isNotEmpty', 'isDefined', 'arrayNotEmpty');
  if (has('isOptional')) return isFilled ? 'filled' : own?.presence;
  if (own) return isFilled ? 'required' : own.presence;
  return has('isEmpty') ? undefined : 'required';
}
