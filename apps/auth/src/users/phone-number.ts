import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** What most of the world dials before an international number. */
const INTERNATIONAL_PREFIX = /^[\s(]*0[\s(]*0/;

function validIn(country: CountryCode | undefined, text: string): string | undefined {
  const parsed = parsePhoneNumberFromString(text, country);
  return parsed?.isValid() ? parsed.number.slice(1) : undefined;
}

/**
 * A telephone number as international digits (E.164 without "+"): one after 00 is international everywhere; others are read as
 * dialled in the country (ISO 3166-1 alpha-2), else as international without "+". A number of no known plan keeps its digits.
 */
export function phoneDigits(entered: string | null | undefined, iso: string | undefined): string {
  const text = entered ?? '';
  if (text === '') return '';
  const country = iso !== undefined && isSupportedCountry(iso) ? iso : undefined;
  const international = text.replace(INTERNATIONAL_PREFIX, '');
  const national = international === text ? validIn(country, text) : undefined;
  return national ?? validIn(undefined, `+${international}`) ?? international.replace(/\D/g, '');
}
