import { field, type FieldOptions } from './field';
import { asInteger, refProblem } from './scalars';

const MOST_ITEMS = 10_000;
export const asArray = (raw: unknown): unknown => (raw === '' ? null : raw);

export const arrayProblem = (value: unknown, label: string, most = MOST_ITEMS): string | undefined => {
  if (!Array.isArray(value)) return `The ${label} field must be an array.`;
  return value.length > most ? `The ${label} field must not have more than ${most} items.` : undefined;
};

/** An object with fields of its own. */
export const Nested = (nested: () => new () => object, o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => (raw === '' ? null : raw),
      judge: (value, label) =>
        typeof value === 'object' && !Array.isArray(value) ? undefined : `The ${label} field must be an array.`,
      docs: { type: nested },
      nested,
    },
    o,
  );

/** A list of objects; a problem of an item is reported as `connectors.0.id`. */
export const NestedList = (nested: () => new () => object, o: FieldOptions & { maxItems?: number } = {}) =>
  field(
    {
      read: asArray,
      judge: (value, label) => arrayProblem(value, label, o.maxItems),
      docs: { type: nested, isArray: true },
      nested,
      many: true,
    },
    o,
  );

/** Forms without brackets write a list of one id like the id. */
function ofForm(raw: unknown): unknown {
  const id = typeof raw === 'string' ? asInteger(raw) : raw;
  return typeof raw === 'string' && typeof id === 'number' ? [id] : raw;
}

/** A list of ids of things that must exist; a bad one is reported as `amenities.0`. */
export const RefList = (o: FieldOptions & { maxItems?: number } = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => (Array.isArray(raw) ? raw.map(asInteger) : asArray(ofForm(raw))),
      judge: (value, label) => arrayProblem(value, label, o.maxItems),
      docs: { type: 'array', items: { type: 'integer' } },
      many: true,
      id: true,
    },
    o,
  );

interface ChoiceListLimits {
  /** Refuses an empty list, also one that is written as an empty text. */
  nonEmpty?: boolean;
}

/** A list of words that must be among the declared ones; as text, separated by commas. */
export const ChoiceList = (
  choices: readonly string[],
  { nonEmpty = false, ...o }: FieldOptions & ChoiceListLimits = {},
): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        if (raw === '') return nonEmpty ? [] : null;
        return typeof raw === 'string' ? raw.split(',') : raw;
      },
      judge: (value, label) => {
        const problem = arrayProblem(value, label, choices.length);
        if (problem) return problem;
        const items = value as unknown[];
        if (nonEmpty && items.length === 0) return `The ${label} field must have at least 1 item.`;
        return items.every((one) => typeof one === 'string' && choices.includes(one))
          ? undefined
          : `The selected ${label} is invalid.`;
      },
      docs: { type: 'array', items: { type: 'string', enum: [...choices] }, ...(nonEmpty ? { minItems: 1 } : {}) },
      many: true,
      opaque: true,
    },
    o,
  );

/** Any JSON, for what only our own processes send. */
export const Json = (o: FieldOptions = {}): PropertyDecorator =>
  field({ read: (raw) => raw, judge: () => undefined, opaque: true, docs: { type: Object } }, o);

/** A file of a multipart form. */
export const FilePart = (o: FieldOptions = {}): PropertyDecorator =>
  field({ read: (raw) => raw, judge: () => undefined, opaque: true, docs: { type: String, format: 'binary' } }, o);

/** What is wrong with one item of a `RefList`: the same text whether it is malformed, missing or another account's. */
export const refItemProblem = (item: unknown, key: string): string | undefined => refProblem(item, key);
