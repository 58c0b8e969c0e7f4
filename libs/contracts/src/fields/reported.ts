import { field, type FieldOptions } from './field';
import { asInteger, asNumber, refProblem, textProblem } from './scalars';
import { plain } from './scripts';

const LONGEST = 255;
const WHOLE = /^\d{1,15}$/;
/** Control characters show nowhere and are in no id. */
const CONTROL = /\p{Cc}/u;

const asText = (raw: unknown): unknown => {
  if (typeof raw === 'number' && Number.isSafeInteger(raw)) return String(raw);
  return typeof raw === 'string' ? raw.trim() || null : raw;
};

const visibleProblem = (value: unknown, label: string): string | undefined =>
  textProblem(value, label, 1, LONGEST) ??
  (CONTROL.test(value as string) ? `The ${label} field contains characters that are not allowed.` : undefined);

/** A text that another system has for an id: any visible characters, or a whole number. */
export const ForeignId = (o: FieldOptions = {}): PropertyDecorator =>
  field({ read: asText, judge: visibleProblem, docs: { type: String, minLength: 1, maxLength: LONGEST } }, o);

/** One that cannot be kept is no card instead of a lost message. */
const asCard = (raw: unknown): unknown => {
  const text = typeof raw === 'number' ? String(raw) : asText(raw);
  if (typeof text !== 'string') return text;
  return text.length > LONGEST || CONTROL.test(text) || !text.isWellFormed() ? null : text;
};

/** What a reader read of a card or an app sent in place of one; one that no worker can have is an unknown card. */
export const ReportedCard = (o: FieldOptions = {}): PropertyDecorator =>
  field({ read: asCard, judge: visibleProblem, docs: { type: String, maxLength: LONGEST } }, o);

/**
 * What a person wrote, of up to `max` characters: a longer one is cut, and what cannot be stored (NUL, half a character) is
 * left out or shown as one that is unknown, instead of a lost message.
 */
export const ReportedText = ({ max, ...o }: FieldOptions & { readonly max: number }): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        if (typeof raw !== 'string') return raw;
        // Twice as many UTF-16 units at most: a longer text is not taken apart.
        const text = raw
          .slice(0, 2 * max)
          .replaceAll('\u0000', '')
          .trim()
          .toWellFormed();
        return Array.from(text).slice(0, max).join('') || null;
      },
      judge: (value, label) => textProblem(value, label, 0, max),
      docs: { type: String, maxLength: max },
    },
    o,
  );

/**
 * The id of a user as another system has it: leading zeros do not matter, and an id that no user here can have is no
 * user instead of a lost message.
 */
export const ReportedUser = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        const text = typeof raw === 'number' ? String(raw) : asText(raw);
        if (typeof text !== 'string') return text;
        const id = WHOLE.test(text) ? Number(text) : 0;
        return refProblem(id, '') === undefined ? id : null;
      },
      judge: (value, label) =>
        typeof value === 'number' ? refProblem(value, label) : `The ${label} field must be an id.`,
      docs: { type: 'integer', minimum: 1 },
    },
    o,
  );

/** The decimals that quantities are kept with. */
const QUANTITY = /^(\d{1,8}(?:\.\d{1,4})?)\d*$/;

/** A quantity in its digits, or FULL; undefined for any other value. */
function quantityOf(raw: unknown): string | undefined {
  const text = typeof raw === 'number' ? String(raw) : plain(raw);
  if (typeof text !== 'string') return undefined;
  return text.toUpperCase() === 'FULL' ? 'FULL' : QUANTITY.exec(text)?.[1];
}

/** How much a driver wants: a number, a numeric text or FULL. One that cannot be read is none instead of a lost message. */
export const ReportedQuantity = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => quantityOf(raw) ?? null,
      judge: (value, label) => textProblem(value, label),
      docs: { type: String },
    },
    o,
  );

/** One of a fixed set of texts, in any case; another one is none instead of a lost message. */
export const ReportedChoice = (choices: readonly string[], o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        const text = plain(raw);
        const word = typeof text === 'string' ? text.toLowerCase() : '';
        return choices.includes(word) ? word : null;
      },
      judge: (value, label) => textProblem(value, label),
      docs: { type: String, enum: [...choices] },
    },
    o,
  );

/** The number of a connector; one that no power center can have is none instead of a lost message. */
export const ReportedNumber = ({ max, ...o }: FieldOptions & { readonly max: number }): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        const number = asInteger(raw);
        return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= max ? number : null;
      },
      judge: (value, label) => (typeof value === 'number' ? undefined : `The ${label} field must be an integer.`),
      docs: { type: 'integer', minimum: 0, maximum: max },
    },
    o,
  );

/** No meter of a charger has counted a terawatt-hour. */
export const MOST_WH = 1_000_000_000_000;

/** The register of an energy meter in Wh; one that no meter shows, such as -1, is unknown. */
export const ReportedRegisterWh = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        const wh = asNumber(raw);
        return typeof wh === 'number' && wh >= 0 && wh <= MOST_WH ? wh : null;
      },
      judge: (value, label) => (typeof value === 'number' ? undefined : `The ${label} field must be a number.`),
      docs: { type: Number, format: 'double', minimum: 0, maximum: MOST_WH },
    },
    o,
  );

/** The register of an energy meter in Wh: meters count upwards from 0. */
export const RegisterWh = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: asNumber,
      judge: (value, label) => {
        if (typeof value !== 'number' || !Number.isFinite(value)) return `The ${label} field must be a number.`;
        if (value < 0) return `The ${label} field must be at least 0.`;
        return value > MOST_WH ? `The ${label} field must not be greater than ${MOST_WH}.` : undefined;
      },
      docs: { type: Number, format: 'double', minimum: 0, maximum: MOST_WH },
    },
    o,
  );
