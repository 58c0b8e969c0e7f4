import type { Language } from '@open-cpo/contracts';

/** Arabic when the client prefers it to English, else English; other languages have no texts. */
export function languageOf(header: string | undefined): Language {
  const weights = { ar: 0, en: 0 };
  for (const part of (header ?? '').slice(0, 500).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = range.trim().split('-')[0];
    const q = parameters.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
    const weight = q === undefined ? 1 : Number(q);
    if ((language === 'ar' || language === 'en') && weight > weights[language]) weights[language] = weight;
  }
  return weights.ar > weights.en ? 'ar' : 'en';
}
