import { type FieldErrors, NEEDED_OF_ADDRESS, type SiteAddressInput } from '@open-cpo/contracts';
import type { AddressRow } from './site.views';

/** What the columns of an address are. */
export type AddressData = Required<{ [N in keyof SiteAddressInput]: NonNullable<SiteAddressInput[N]> | null }>;

/** The address that comes out of a request: what it does not speak of stays as it was. */
export function mergedAddress(input: SiteAddressInput, before: AddressRow | null): Partial<AddressData> {
  const { id: _, country, ...rest } = before ?? { id: 0, country: undefined };
  const was: Partial<AddressData> = { ...rest, ...(country ? { country_id: country.id } : {}) };
  const told = Object.entries(input).filter(([, value]) => value !== undefined);
  return { ...was, ...(Object.fromEntries(told) as Partial<AddressData>) };
}

/** Parts that an address never lacks. Fields that are wrong by themselves have been reported. */
export function checkAddress(address: Partial<AddressData>, errors: FieldErrors): void {
  for (const name of NEEDED_OF_ADDRESS) {
    const field = `address.${name}`;
    if (address[name] !== undefined || errors.has(field)) continue;
    errors.add(field, `The ${field.replaceAll('_', ' ')} field is required.`);
  }
}

export interface Dates {
  readonly start: string | null;
  readonly end: string | null;
}

/** The last day is not before the first; reported at the field that the request has, at the last for both. */
export function checkDates({ start, end }: Dates, asked: { readonly end: boolean }, errors: FieldErrors): void {
  if (start === null || end === null || start <= end) return;
  if (errors.has('start_date') || errors.has('end_date')) return;
  if (asked.end) errors.add('end_date', 'The end date field must be a date after or equal to start date.');
  else errors.add('start_date', 'The start date field must be a date before or equal to end date.');
}
