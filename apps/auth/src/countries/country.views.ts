import type { Country, CountryChoice, CountryDetail } from '@open-cpo/contracts';

/** One country by itself also shows its flag, which the gateway serves (reference L1267). */
export const detail = (country: Country, publicUrl: string): CountryDetail => ({
  ...country,
  flag_url: `${publicUrl.replace(/(?<!\/)\/+$/, '')}/flags/${country.iso}.png`,
});

/** A country with the code of its currency, where there is a rate for it: `currency` alone is what people write. */
export const choice = (country: Country, known: ReadonlySet<string>): CountryChoice => {
  const { id, name, iso, time_zone, currency_iso } = country;
  const currency = currency_iso ?? country.currency;
  return { id, name, iso, time_zone, currency: known.has(currency) ? currency : null };
};
