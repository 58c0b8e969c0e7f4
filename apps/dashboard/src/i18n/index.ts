import { createI18n } from 'vue-i18n';
import { compileMessage } from './compile';
import { apiLanguageOf, formatLocaleOf, isRightToLeft, nameOf } from './languages';
import type en from './locales/en';

interface LocaleFile {
  readonly default: typeof en;
}

/** Each file of `locales` is a language; nothing else names them. */
const files = import.meta.glob<LocaleFile>('./locales/*.ts');
const loaders = Object.fromEntries(
  Object.entries(files).map(([path, load]) => [path.replace(/^.*\/|\.ts$/g, ''), load]),
);

export const languages = Object.keys(loaders).map((code) => ({ code, name: nameOf(code) }));

export const rtlLocales = (): Record<string, boolean> =>
  Object.fromEntries(languages.map(({ code }) => [code, isRightToLeft(code)]));

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: [],
  messages: {},
  messageCompiler: compileMessage,
});
const current = i18n.global.locale as unknown as { value: string };

const KEY = 'open-cpo.language';

/** The chosen language, else the browser's, else English. */
export function preferredLanguage(): string {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find((code) => code && loaders[code]) ?? 'en';
}

export async function chooseLanguage(code: string): Promise<void> {
  const load = loaders[code];
  if (!load) return;
  const { default: messages } = await load();
  i18n.global.setLocaleMessage(code, messages as never);
  current.value = code;
  document.documentElement.lang = code;
  document.documentElement.dir = isRightToLeft(code) ? 'rtl' : 'ltr';
}

/** Chooses a language and remembers it on this device. */
export async function keepLanguage(code: string): Promise<void> {
  localStorage.setItem(KEY, code);
  await chooseLanguage(code);
}

export const language = (): string => current.value;
export const formatLocale = (): string => formatLocaleOf(current.value);
export const apiLanguage = (): 'en' | 'ar' => apiLanguageOf(current.value);
