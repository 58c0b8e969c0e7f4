import { field, type FieldOptions } from './field';
import { plain } from './scripts';

const INT_MAX = 2147483647;
// NUL cannot be stored by PostgreSQL, and a lone surrogate would silently become another character.

const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Laravel trims what comes and takes an empty text for none. */
const trimmed = (raw: unknown): unknown => (typeof raw === 'string' ? raw.trim() || null : raw);
/** As Laravel's `integer` takes it: neither `1e3` nor `0x1F`, `007` or `1.0`. */
export const asInteger = (raw: unknown): unknown => {
  const text = plain(raw);
  return typeof text === 'string' && /^[+-]?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
};
/** As `Numeric` takes it. */
export const asNumber = (raw: unknown): unknown => {
  const text = plain(raw);
  return typeof text === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : text;
};

/** Characters, not UTF-16 units; texts that are far too long are not taken apart. */
const lengthOf = (text: string): number => (text.length > 100_000 ? text.length : [...text].length);

export const textProblem = (value: unknown, label: string, min = 0, max = 255): string | undefined => {
  if (typeof value !== 'string') return `The ${label} field must be a string.`;
  if (UNSTORABLE.test(value)) return `The ${label} field contains characters that are not allowed.`;
  const length = lengthOf(value);
  if (length > max) return `The ${label} field must not be greater than ${max} characters.`;
  return length < min ? `The ${label} field must be at least ${min} characters.` : undefined;
};

/** A text of `min` to `max` characters (default 0 to 255); trimmed unless `raw`, an empty one counts as none. */
export const Text = ({
  min = 0,
  max = 255,
  raw = false,
  ascii = false,
  ...o
}: FieldOptions & TextLimits = {}): PropertyDecorator =>
  field(
    {
      read: raw ? (value) => (value === '' ? null : value) : ascii ? plain : trimmed,
      judge: (value, label) => textProblem(value, label, min, max),
      docs: { type: String, maxLength: max, ...(min ? { minLength: min } : {}) },
    },
    o,
  );

interface TextLimits {
  min?: number;
  max?: number;
  /** Keeps blanks at both ends, as in passwords. */
  raw?: boolean;
  /** Converts digits of any script and takes invisible characters away, as in telephone numbers. */
  ascii?: boolean;
}

/** A text of a given form; `message` says which, with `:attribute` for the field's name. */
export const Pattern = (pattern: RegExp, message: string, o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: plain,
      judge: (value, label) =>
        textProblem(value, label) ?? (pattern.test(value as string) ? undefined : message.replace(':attribute', label)),
      docs: { type: String, pattern: pattern.source },
    },
    o,
  );

/** A whole number, also as text; by default any that fits 32 bits. */
export const Int = ({ min = -INT_MAX, max = INT_MAX, ...o }: FieldOptions & { min?: number; max?: number } = {}) =>
  field(
    {
      read: asInteger,
      judge: (value, label) => {
        if (typeof value !== 'number' || !Number.isInteger(value)) return `The ${label} field must be an integer.`;
        if (value < min) return `The ${label} field must be at least ${min}.`;
        return value > max ? `The ${label} field must not be greater than ${max}.` : undefined;
      },
      docs: { type: 'integer', minimum: min === -INT_MAX ? undefined : min, maximum: max },
    },
    o,
  );

/** A number, also as text; `format: 'double'`. No money: that is `Amount`. */
export const Numeric = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: asNumber,
      judge: (value, label) =>
        typeof value === 'number' && Number.isFinite(value) ? undefined : `The ${label} field must be a number.`,
      docs: { type: Number, format: 'double' },
    },
    o,
  );

/** true, false, 1, 0, "1", "0", "true", "false". */
export const Bool = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        const value = plain(raw);
        if (value === 1 || value === '1' || value === 'true') return true;
        if (value === 0 || value === '0' || value === 'false') return false;
        return value;
      },
      judge: (value, label) => (typeof value === 'boolean' ? undefined : `The ${label} field must be true or false.`),
      docs: { type: Boolean },
    },
    o,
  );

/** One of a fixed set of texts. */
export const Choice = (choices: readonly string[], o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: plain,
      judge: (value, label) =>
        typeof value === 'string' && choices.includes(value) ? undefined : `The selected ${label} is invalid.`,
      docs: { type: String, enum: [...choices] },
    },
    o,
  );

/** The id of something that must exist; what is no id is reported like one that does not exist. */
export const Ref = (o: FieldOptions = {}): PropertyDecorator =>
  field({ read: asInteger, judge: refProblem, id: true, docs: { type: 'integer', minimum: 1 } }, o);

export const refProblem = (value: unknown, label: string): string | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= INT_MAX
    ? undefined
    : `The selected ${label} is invalid.`;

/** The id in a path: the edge has checked its form, the handler knows whether it exists. */
export const Id = (): PropertyDecorator => Ref({ presence: 'required', description: 'Positive 32-bit integer.' });

/** A time of day as `HH:MM` or, with seconds, `HH:MM:SS`. */
export const TimeOfDay = ({ seconds = false, ...o }: FieldOptions & { seconds?: boolean } = {}): PropertyDecorator =>
  Pattern(
    seconds ? /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/ : /^([01]\d|2[0-3]):[0-5]\d$/,
    `The :attribute field must match the format ${seconds ? 'H:i:s' : 'H:i'}.`,
    o,
  );

/** A number as decimal text. */
export const asDecimal = (raw: unknown): unknown =>
  typeof raw === 'number' && Number.isFinite(raw) ? plainDecimal(raw) : plain(raw);

/**
 * Money as it was entered: a number or numeric text, kept as decimal text so that no binary fraction comes near it.
 * `decimals`: most digits after the point that are taken; `undefined` takes any (the owner of the field rounds).
 */
export const Amount = ({ decimals, max = '99999999.99', ...o }: FieldOptions & AmountLimits = {}): PropertyDecorator =>
  field(
    {
      read: asDecimal,
      judge: (value, label) => {
        if (typeof value !== 'string' || !/^-?\d{1,30}(\.\d{1,30})?$/.test(value)) {
          return `The ${label} field must be a number.`;
        }
        const places = value.split('.')[1]?.length ?? 0;
        if (decimals !== undefined && places > decimals)
          return `The ${label} field must have ${decimals} decimal places.`;
        if (value.startsWith('-')) return `The ${label} field must be at least 0.`;
        return Number(value) > Number(max) ? `The ${label} field must not be greater than ${max}.` : undefined;
      },
      docs: { oneOf: [{ type: 'number', minimum: 0 }, { type: 'string' }] },
    },
    o,
  );

interface AmountLimits {
  decimals?: number;
  max?: string;
}

/** 1e-7 and 1e21 in plain digits; what has more than 20 decimals is no money. */
export function plainDecimal(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return Math.abs(number) < 1
    ? number
        .toFixed(20)
        .replace(/(?<!0)0+$/, '')
        .replace(/\.$/, '')
    : BigInt(Math.trunc(number)).toString();
}
