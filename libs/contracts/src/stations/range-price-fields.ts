import { field, type FieldOptions } from '../fields/field';
import { asDecimal } from '../fields/scalars';
import { plain } from '../fields/scripts';

/** Far beyond any price, so that what a long session costs can still be counted. */
export const HIGHEST_RANGE_PRICE = '999999999.99';

/** A positive price that two decimals would round to 0.00, which is free. */
const ROUNDED_TO_ZERO = /^0+\.00(?!0*$)[0-4]\d*$/;
const NUMBER = /^-?\d{1,30}(\.\d{1,30})?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A price with any number of decimals, as decimal text; refused in the reference's older wording (L3073). */
export const RangeAmount = (options: FieldOptions): PropertyDecorator =>
  field(
    {
      read: asDecimal,
      judge: (value, label) => {
        if (typeof value !== 'string' || !NUMBER.test(value)) return `The ${label} must be a number.`;
        if (value.startsWith('-') && Number(value) !== 0) return `The ${label} must be at least 0.`;
        if (ROUNDED_TO_ZERO.test(value)) return `The ${label} must be a number.`;
        const fits = Number(value) <= Number(HIGHEST_RANGE_PRICE);
        return fits ? undefined : `The ${label} may not be greater than ${HIGHEST_RANGE_PRICE}.`;
      },
      docs: { oneOf: [{ type: 'number', minimum: 0 }, { type: 'string' }] },
    },
    options,
  );

/** A time of day as `HH:MM`; refused in the reference's older wording (L3080). */
export const RangeTime = (options: FieldOptions): PropertyDecorator =>
  field(
    {
      read: plain,
      judge: (value, label) =>
        typeof value === 'string' && TIME.test(value) ? undefined : `The ${label} does not match the format H:i.`,
      docs: { type: String, pattern: TIME.source },
    },
    options,
  );
