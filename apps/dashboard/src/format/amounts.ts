/** Digits after the point of a currency: 0 for the yen, 3 for the Tunisian dinar, 2 for one that is unknown. */
export function currencyDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** `US$` ends with its sign in text from right to left, too, where `$US` would be drawn. */
const keepSign = (text: string): string => text.replace(/[A-Z]\$/, '$&\u200e');

/** An amount, which the API sends as a text of digits, with its currency. An amount that is none stays as it is. */
export function formatAmount(amount: string | number | null | undefined, currency: string, locale: string): string {
  const value = Number(amount ?? NaN);
  if (!Number.isFinite(value)) return amount === null || amount === undefined ? '–' : String(amount);
  try {
    // The text itself, not the number: decimal digits beyond those of a float are kept.
    const exact = typeof amount === 'string' ? (amount.trim() as unknown as number) : value;
    return keepSign(new Intl.NumberFormat(locale, { style: 'currency', currency }).format(exact));
  } catch {
    return `${formatNumber(value, locale)} ${currency}`;
  }
}

/** A price of one unit: also with the digits beyond those of its currency, as it is multiplied by the quantity. */
export function formatUnitPrice(price: string | number | null | undefined, currency: string, locale: string): string {
  const value = Number(price ?? NaN);
  const digits = Math.max(currencyDigits(currency), 4);
  const isWhole = Number.isFinite(value) && Number(value.toFixed(currencyDigits(currency))) === value;
  if (isWhole || !Number.isFinite(value)) return formatAmount(price, currency, locale);
  try {
    const options = { style: 'currency', currency, maximumFractionDigits: digits } as const;
    return keepSign(new Intl.NumberFormat(locale, options).format(value));
  } catch {
    return `${formatNumber(value, locale, digits)} ${currency}`;
  }
}

export function formatNumber(value: string | number | null | undefined, locale: string, digits = 2): string {
  const number = Number(value ?? NaN);
  return Number.isFinite(number)
    ? new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(number)
    : '–';
}

/** Energy in kWh; from a thousand on in MWh. `units` are the symbols of both in the language. */
export function formatEnergy(kilowattHours: string | number, locale: string, units = ['kWh', 'MWh']): string {
  const value = Number(kilowattHours);
  const [amount, unit] = Math.abs(value) >= 1000 ? [value / 1000, units[1]] : [value, units[0]];
  return `${formatNumber(amount, locale)}\u00a0${unit}`;
}

/** A mean of stars: always with one digit after the point, so that those of a column are aligned. */
export function formatRating(rating: string | number | null | undefined, locale: string): string {
  const value = Number(rating ?? NaN);
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return Number.isFinite(value) ? new Intl.NumberFormat(locale, digits).format(value) : '–';
}

/** Minutes as hours and minutes, in words of the language. */
export function formatMinutes(minutes: string | number, locale: string): string {
  const whole = Math.round(Number(minutes));
  if (!Number.isFinite(whole)) return '–';
  const part = (value: number, unit: 'hour' | 'minute'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (hours === 0) return part(rest, 'minute');
  return rest === 0 ? part(hours, 'hour') : `${part(hours, 'hour')} ${part(rest, 'minute')}`;
}

/** A signed difference of times, such as that of a clock: seconds, from a minute on also minutes and hours. */
export function formatSeconds(seconds: number, locale: string): string {
  if (!Number.isFinite(seconds)) return '–';
  const size = Math.abs(seconds);
  const [value, unit] =
    size < 60
      ? ([seconds, 'second'] as const)
      : size < 3600
        ? ([seconds / 60, 'minute'] as const)
        : ([seconds / 3600, 'hour'] as const);
  return new Intl.NumberFormat(locale, {
    ...{ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1, signDisplay: 'exceptZero' },
  }).format(value);
}

/** A current, of each phase. */
export const formatAmperes = (amperes: number, locale: string, unit = 'A'): string =>
  `${formatNumber(amperes, locale)}\u00a0${unit}`;
