import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const built = join(__dirname, '../../../dist/dashboard');
/** Bytes, compressed, of all scripts that a browser reads before the first page is shown. */
const BUDGET = 250_000;

const script = (name: string): string => readFileSync(join(built, 'assets', name), 'utf8');

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
  [...page.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name = '']) => name).filter((name) => name.startsWith(prefix));

describe('the bundle of the dashboard', () => {
  const page = existsSync(built) ? readFileSync(join(built, 'index.html'), 'utf8') : '';

  it('was built: npm run build', () => {
    expect(page).toContain('<div id="app">');
  });

  it('loads little before the first page is shown', () => {
    const entry = [...page.matchAll(/<script[^>]* src="\/assets\/([^"]+)"/g)].map(([, name = '']) => name);
    const all = script(entry[0] ?? '');
    const lazy = ['en-', 'SignIn-', 'Overview-'].flatMap((prefix) => chunk(all, prefix));
    const sizes = [...withImports([...entry, ...lazy])].map((name) => gzipSync(script(name)).length);
    expect(lazy.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET);
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
