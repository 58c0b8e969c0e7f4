/** Scripts that are written from right to left. */
const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm']);

export const isRightToLeft = (code: string): boolean => RTL_SCRIPTS.has(new Intl.Locale(code).maximize().script ?? '');

/** The language's own name of itself. */
export function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** What `Intl` formats by. Digits are those of the API's own texts. */
export const formatLocaleOf = (code: string): string => `${code}-u-nu-latn`;

/** The API answers in two languages. */
export const apiLanguageOf = (code: string): 'en' | 'ar' => (code === 'ar' ? 'ar' : 'en');
