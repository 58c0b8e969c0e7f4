import type { Language } from '@open-cpo/contracts';

/** Codes and what people call them. */
export type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** A code in the language of an export; one without a translation stays as it is. */
export const inWords = (words: Words, code: string, { language }: { readonly language: Language }): string =>
  (Object.hasOwn(words, code) ? words[code]?.[language] : undefined) ?? code;
