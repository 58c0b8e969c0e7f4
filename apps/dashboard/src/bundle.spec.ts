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
});
