import type { Language } from '@open-cpo/contracts';

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

export const STATUS: Words = {
  available: { en: 'Available', ar: 'متاحة' },
  busy: { en: 'Busy', ar: 'مشغولة' },
  booked: { en: 'Booked', ar: 'محجوزة' },
  unavailable: { en: 'Unavailable', ar: 'غير متاحة' },
};

export const UNIT: Words = {
  minutes: { en: 'Minute', ar: 'دقيقة' },
  energy: { en: 'kWh', ar: 'ك.و.س' },
};

/** A word in the language of the export; one that we do not know stays as it is. */
export const text = (words: Words, key: string, { language }: { readonly language: Language }): string =>
  words[key]?.[language] ?? key;
