import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_TYPES } from '../live/events';
import { SCOPES } from '../pages/settings/scopes';
import { apiLanguageOf, formatLocaleOf, isRightToLeft, nameOf } from './languages';

const folder = join(__dirname, 'locales');
const source = join(__dirname, '..');
type Tree = { [key: string]: string | Tree };

const textsOf = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : textsOf(value, `${path}${key}.`),
  );

const load = (file: string): Map<string, string> => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- each file of the folder is a language
  const { $vuetify: _, ...own } = (require(join(folder, file)) as { default: Tree }).default;
  return new Map(textsOf(own));
};
const languages = new Map(readdirSync(folder).map((file) => [file.replace('.ts', ''), load(file)]));
const english = languages.get('en') ?? new Map<string, string>();
const slots = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

describe.each([...languages.keys()])('the language %s', (code) => {
  const texts = languages.get(code) ?? new Map<string, string>();

  it('has every text, and none that nothing shows', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('names in each text what the English one names', () => {
    const wrong = [...texts].filter(([key, text]) => {
      const wanted = slots((english.get(key) ?? '').split('|')[0] ?? '');
      const forms = text.split('|').map(slots);
      return !forms.some((given) => String(given) === String(wanted)) && !forms.every((given) => given.length === 0);
    });
    expect(wrong).toEqual([]);
  });
});

describe.each([
  ['amenity', 'amenities.ts'],
  ['chargerType', 'charger-types.ts'],
])('the texts of the catalogue: %s', (key, file) => {
  const catalogue = readFileSync(join(__dirname, '../../../stations/src/catalogues', file), 'utf8');
  const entries = [...catalogue.matchAll(/^ {2}\{ id: (\d+), name: '([^']+)'/gm)].map(([, id, name]) => [id, name]);

  it.each([...languages.keys()])('are those of every entry that the API knows: %s', (code) => {
    const texts = [...(languages.get(code) ?? [])].filter(([name]) => name.startsWith(`${key}.`));
    const ids = texts.map(([name]) => name.slice(key.length + 1));
    expect(entries.length).toBeGreaterThan(5);
    expect(ids).toEqual(entries.map(([id]) => id));
  });

  it('are the API’s own in English', () => {
    expect(entries.map(([id]) => english.get(`${key}.${id}`))).toEqual(entries.map(([, name]) => name));
  });
});

describe.each([...languages.keys()])('the texts of scopes in %s', (code) => {
  it('are those of every one', () => {
    const texts = [...(languages.get(code) ?? new Map<string, string>()).keys()].filter((key) =>
      key.startsWith('scope.'),
    );
    expect(texts.sort()).toEqual(SCOPES.map((one) => `scope.${one}`).sort());
  });
});

describe.each([...languages.keys()])('the texts of events in %s', (code) => {
  it('are those of every type', () => {
    const types = [...(languages.get(code)?.keys() ?? [])].filter((key) => key.startsWith('eventType.'));
    expect(types.sort()).toEqual(EVENT_TYPES.map((type) => `eventType.${type.replace('.', '_')}`).sort());
  });
});

describe('the texts', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name));
  const sources = files
    .filter((name) => !/locales|\.spec\.ts$/.test(name))
    .map((name) => readFileSync(join(source, name), 'utf8'));

  it('are there for every key that a page names', () => {
    const used = sources.flatMap((text) => [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map(([, key = '']) => key));
    expect(used.length).toBeGreaterThan(50);
    expect([...new Set(used)].filter((key) => !english.has(key))).toEqual([]);
  });

  it('are those of languages only: no page has a text of its own', () => {
    const pages = files.filter((name) => name.endsWith('.vue'));
    const own = pages.flatMap((name) => {
      const template =
        readFileSync(join(source, name), 'utf8').split('<template>').slice(1).join('').split('<style')[0] ?? '';
      const bare = template.replace(/\{\{[^]*?\}\}/g, '').replace(/<!--[^]*?-->/g, '');
      // Between tags, after attributes with their values (which may hold a `>`).
      const text = bare.replace(/<\/?[\w-]+(?:\s+[^\s"=>]+(?:="[^"]*")?)*\s*\/?>/g, '\n');
      return /[A-Za-z\u0600-\u06ff]{2,}/.test(text.replace(/&\w+;/g, ''))
        ? [`${name}: ${text.trim().slice(0, 80)}`]
        : [];
    });
    expect(own).toEqual([]);
  });
});

describe('a language', () => {
  it('is known by its code alone', () => {
    expect(['en', 'ar', 'fr', 'he', 'fa'].map(isRightToLeft)).toEqual([false, true, false, true, true]);
    expect(['en', 'ar', 'fr'].map(nameOf)).toEqual(['English', 'العربية', 'Français']);
    expect(['en', 'ar', 'fr'].map(apiLanguageOf)).toEqual(['en', 'ar', 'en']);
    expect(new Intl.NumberFormat(formatLocaleOf('ar')).format(1234.5)).toBe('1,234.5');
  });
});
