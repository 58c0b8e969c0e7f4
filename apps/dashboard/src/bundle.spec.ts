import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const built = join(__dirname, '../../../dist/dashboard');
/** Bytes, as the gateway sends them to browsers (Brotli), of all scripts that are read before a page is shown that is the first. */
const BUDGET = 250_000;

const asset = (name: string): string => join(built, 'assets', name);
const read = new Map<string, string>();
function script(name: string): string {
  const text = read.get(name) ?? readFileSync(asset(name), 'utf8');
  read.set(name, text);
  return text;
}
/** Small scripts have no compressed form. */
const sizeOf = (name: string): number =>
  readFileSync(existsSync(asset(`${name}.br`)) ? asset(`${name}.br`) : asset(name)).length;

/** A script with those that it imports, and whatever `more` asks for. */
function withImports(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const imports = [...script(name).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(([, one = '']) => one);
    withImports(imports, seen);
  }
  return seen;
}

/** Names of built scripts that begin with one of these. */
const chunk = (page: string, prefix: string): string[] =>
  [...page.matchAll(/["/]([\w.-]+\.js)/g)].map(([, name = '']) => name).filter((name) => name.startsWith(prefix));

describe('the bundle of the dashboard', () => {
  const page = existsSync(built) ? readFileSync(join(built, 'index.html'), 'utf8') : '';

  it('was built: npm run build', () => {
    expect(page).toContain('<div id="app">');
  });

  const entry = [...page.matchAll(/<script[^>]* src="\/assets\/([^"]+)"/g)].map(([, name = '']) => name);

  const first = existsSync(built) ? [...withImports(entry)] : [];
  const lazy = (prefix: string): string[] => [...new Set(first.flatMap((one) => chunk(script(one), prefix)))];

  it.each([
    ['SignIn', 6],
    ['Overview', 6],
    ['Orders', 7],
  ])('is a few scripts for a first page: %s', (name, most) => {
    const parts = ['en', name].flatMap((prefix) => lazy(`${prefix}-`));
    expect(parts).toHaveLength(2);
    expect(withImports([...entry, ...parts]).size).toBeLessThanOrEqual(most);
  });

  it('loads little before a page is shown, whichever is the first, in each language', () => {
    const pages = lazy('').filter((name) => /^[A-Z]/.test(name));
    const texts = lazy('').filter((name) => /^[a-z]{2}-/.test(name));
    expect(texts).toHaveLength(2);
    expect(pages.length).toBeGreaterThan(20);
    const sizes = pages.flatMap((page) =>
      texts.map((text) => {
        const scripts = [...withImports([...entry, page, text])];
        return { page, text, bytes: scripts.reduce((sum, name) => sum + sizeOf(name), 0) };
      }),
    );
    expect(sizes.filter(({ bytes }) => bytes > BUDGET)).toEqual([]);
  });

  it('has the layers of style sheets in their order', () => {
    const sheets = [...page.matchAll(/<link[^>]* href="\/assets\/([^"]+\.css)"/g)].map(([, name = '']) => name);
    const layers = sheets.flatMap((name) =>
      [...script(name).matchAll(/@layer\s+([\w-]+)/g)].map(([, layer = '']) => layer),
    );
    const order = ['app-reset', 'vuetify-core', 'vuetify-components', 'vuetify-overrides', 'vuetify-utilities'];
    expect([...new Set(layers)].filter((layer) => order.includes(layer))).toEqual(order);
  });

  it('needs nothing that its content policy forbids', () => {
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]* src=)/);
    expect(page).not.toMatch(/(?:src|href)="(?!\/assets\/)/);
    const own = JSON.parse(readFileSync(join(built, 'routes.json'), 'utf8')) as string[];
    expect(own).toEqual(expect.arrayContaining(['sign-in', 'orders', 'settings', 'power-centers']));
    // Paths that the gateway itself answers.
    for (const taken of ['api', 'docs', 'images', 'invitations', 'assets']) expect(own).not.toContain(taken);
  });

  it('comes with the licenses of the packages that it consists of', () => {
    const text = readFileSync(join(built, 'licenses.txt'), 'utf8');
    const titles = [...text.matchAll(/^-{80}\n(.+) (\S+) \((.+)\)\n-{80}$/gm)].map(([, name, version, license]) => [
      name,
      version,
      license,
    ]);
    const names = titles.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['vue', 'vuetify', 'vue-router', 'vue-i18n', '@tanstack/vue-query', '@mdi/js', 'openapi-fetch'],
        ...['echarts', 'zrender', 'leaflet', 'topojson-client', 'world-atlas'],
        ...['@fontsource-variable/inter', '@fontsource-variable/noto-sans-arabic'],
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(titles.filter(([, , license]) => !license || license === 'undefined')).toEqual([]);
    const texts = text.split(/^-{80}\n.+\n-{80}$/m).slice(1);
    const without = (pattern: RegExp) => names.filter((_, index) => pattern.test(texts[index] ?? ''));
    expect(without(/^\s*$/)).toEqual([]);
    expect(without(/no text of its license/)).toEqual(['@vue/devtools-api']);
    expect(text).not.toContain('Author: undefined');
    // Nothing that only builds it.
    for (const tool of ['vite', 'rolldown', 'typescript', 'eslint', 'jest']) expect(names).not.toContain(tool);
  });
});
