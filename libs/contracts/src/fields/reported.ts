import { field, type FieldOptions } from './field';
import { asNumber, refProblem, textProblem } from './scalars';

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
  return typeof text === 'string' && (text.length > LONGEST || CONTROL.test(text)) ? null : text;
};

/** What a reader read of a card or an app sent in place of one; one that no worker can have is an unknown card. */
export const ReportedCard = (o: FieldOptions = {}): PropertyDecorator =>
  field({ read: asCard, judge: visibleProblem, docs: { type: String, maxLength: LONGEST } }, o);

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

/** No meter of a charger has counted a terawatt-hour. */
export const MOST_WH = 1_000_000_000_000;

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
