import type { Country, CountryDetail } from '@open-cpo/contracts';

/** One country by itself also shows its flag, which the gateway serves (reference L1267). */
export const detail = (country: Country, publicUrl: string): CountryDetail => ({
  ...country,
  flag_url: `${publicUrl.replace(/\/+$/, '')}/flags/${country.iso}.png`,
});
