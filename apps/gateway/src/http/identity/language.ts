import type { Language } from '@open-cpo/contracts';
import Negotiator from 'negotiator';

/** Characters of the header that are looked at. */
const LENGTH_LIMIT = 500;

/** The languages of the macrolanguage Arabic (ISO 639-3), by which systems name the spoken ones: `ary` Moroccan, `arz` Egyptian. */
const ARABIC = new Set(
  `ar ara aao abh abv acm acq acw acx acy adf aeb aec afb ajp apc apd arb arq ars ary arz auz avl ayh ayl ayn ayp bbz pga shu
   ssh`.split(/\s+/),
);

/** Arabic when the client prefers it to English (RFC 9110, 12.5.4), else English; other languages have no texts. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined) return 'en';
  // Operating systems write `ar_DZ`, which is no language tag.
  const ranges = header.slice(0, LENGTH_LIMIT).replaceAll('_', '-').toLowerCase();
  for (const range of new Negotiator({ headers: { 'accept-language': ranges } }).languages()) {
    const language = range.split('-', 1)[0] as string;
    if (ARABIC.has(language)) return 'ar';
    if (language === 'en' || language === 'eng' || language === '*') return 'en';
  }
  return 'en';
}
