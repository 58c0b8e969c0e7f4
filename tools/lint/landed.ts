import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a migration does, without its comments and its layout, as a digest. */
export function digestOf(text: string): string {
  const code = text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .join('')
    .replaceAll(/\s+/g, '');
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}

/** The name of a file with a migration. */
const NUMBERED = /\/migrations\/\d{13}-[^/]*$/;

/** Every migration of the apps, and what migrations share, by their paths below the checkout. */
export function migrations(checkout: string): Record<string, string> {
  const folders = ['apps', 'libs'].map((name) => join(checkout, name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => NUMBERED.test(file) || readFileSync(file, 'utf8').includes('MigrationInterface')),
  );
  const entries = files.sort().map((file) => [file.slice(checkout.length + 1), digestOf(readFileSync(file, 'utf8'))]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const LANDED = 'tools/lint/landed-migrations.json';

/** The list of migrations that have landed, with those that are new; an entry never changes. */
export function landedMigrations(checkout: string): { path: string; text: string } {
  const landed = JSON.parse(readFileSync(join(checkout, LANDED), 'utf8')) as Record<string, string>;
  const all = Object.entries({ ...migrations(checkout), ...landed }).sort(([a], [b]) => (a < b ? -1 : 1));
  return { path: LANDED, text: `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n` };
}
