import type { Language } from '@open-cpo/contracts';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** Characters of a header that are read. */
const LENGTH_LIMIT = 500;

/**
 * The name that a header's list gives the greatest weight; at equal weights the order of `names` decides. The library's
 * `mediaType` would also match ranges such as `text/*`, and let the order of the header decide.
 */
function preferred(header: string, names: readonly string[]): string | undefined {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': header.slice(0, LENGTH_LIMIT) } });
  return (negotiator as unknown as WithPreferred).encoding(names, { preferred: names });
}

/** The option is missing in the library's types. */
interface WithPreferred {
  encoding(available: readonly string[], options: { preferred: readonly string[] }): string | undefined;
}

const GEO_JSON = 'application/geo+json';
const CSV = 'text/csv';

/** Whether a request asks for GeoJSON by name, and not less than for plain JSON. */
export const asksForGeoJson = (accept = ''): boolean =>
  // A bare `*`, which old clients send, names neither.
  preferred(accept, ['*', GEO_JSON, 'application/json']) === GEO_JSON;

/** Whether a request asks for CSV by name, and more than for a workbook. */
export const asksForCsv = (accept = ''): boolean =>
  preferred(accept, ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', CSV]) === CSV;

/** Content codings of responses. */
export type Coding = 'br' | 'gzip';

/** Few clients' headers differ. */
const codings = new LRUCache<string, Coding | 'identity'>({ max: 200 });
const LONGEST_CODINGS = 200;

/** The coding that a client prefers, Brotli at equal weights; none when it prefers plain bytes. */
export function codingFor(header: string | undefined): Coding | undefined {
  if (header === undefined || header.length > LONGEST_CODINGS) return undefined;
  const known = codings.get(header);
  const coding = known ?? ((preferred(header, ['br', 'gzip', 'identity']) ?? 'identity') as Coding | 'identity');
  if (!known) codings.set(header, coding);
  return coding === 'identity' ? undefined : coding;
}

const RESPOND_ASYNC = /(?:^|[,;])\s*respond-async\s*(?:[,;]|$)/i;

/** Whether a `Prefer` header asks for a response before the work is done (RFC 7240). */
export const isAsync = (prefer = ''): boolean => RESPOND_ASYNC.test(prefer);

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
