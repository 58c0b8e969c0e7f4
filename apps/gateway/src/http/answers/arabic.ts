import { FIELDS } from './arabic-fields';
import { TEXTS } from './arabic-texts';

const SPECIAL = /[.*+?^$()|[\]\\/]/g;
const SLOT = /\{[fn]\}/g;

interface Translation {
  readonly english: RegExp;
  /** Of each slot: whether it is the name of a field. */
  readonly named: readonly boolean[];
  readonly arabic: string;
}

const translationOf = ([english, arabic]: readonly [string, string]): Translation => ({
  english: new RegExp(`^${english.replace(SPECIAL, '\\$&').replace(SLOT, '(.+?)')}$`, 's'),
  named: [...english.matchAll(SLOT)].map(([slot]) => slot === '{f}'),
  arabic,
});

/** Those with more words of their own come first: a slot would take the words that the others lack. */
const TRANSLATIONS = Object.entries(TEXTS)
  .sort(([one], [other]) => other.replace(SLOT, '').length - one.replace(SLOT, '').length)
  .map(translationOf);

/** A field's name in Arabic; one without, as it is. */
function fieldName(name: string): string {
  const last = name.replace(/^.*\.(?=[^.\d])/, '').replace(/\.\d+$/, '');
  return FIELDS[name] ?? FIELDS[last] ?? `«${name}»`;
}

/** The Arabic of a text of a refusal; undefined for one that has none. */
export function arabicText(text: string): string | undefined {
  for (const { english, named, arabic } of TRANSLATIONS) {
    const match = english.exec(text);
    if (!match) continue;
    const values = match.slice(1).map((value, at) => (named[at] ? fieldName(value) : value));
    return arabic.replace(SLOT, () => values.shift() ?? '');
  }
  return undefined;
}

/** The texts of fields in Arabic; those that have none as they are. */
export const arabicFields = (fields: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, texts]) => [field, texts.map((text) => arabicText(text) ?? text)]),
  );
