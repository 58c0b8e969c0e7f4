import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { digestOf, migrations } from './landed';

const checkout = resolve(__dirname, '../..');
const landed = JSON.parse(readFileSync(join(__dirname, 'landed-migrations.json'), 'utf8')) as Record<string, string>;

describe('migrations that have landed', () => {
  const present = migrations(checkout);

  it('are never changed or removed: a database that has run one does not run it again. Write another one', () => {
    const changed = Object.entries(landed).filter(([path, digest]) => present[path] !== digest);
    expect(changed.map(([path]) => path)).toEqual([]);
  });

  it('are all in tools/lint/landed-migrations.json: npm run openapi adds a new one', () => {
    const missing = Object.entries(present).filter(([path]) => !Object.hasOwn(landed, path));
    expect(missing.map(([path, digest]) => `"${path}": "${digest}"`)).toEqual([]);
  });

  it('are known by what they do, not by comments and layout', () => {
    const text = "export class A {\n  // why\n  up = 'create table a ()';\n}\n";
    expect(digestOf(text.replace('// why', '// another reason').replaceAll('  ', '    '))).toBe(digestOf(text));
    expect(digestOf(text.replace('table a', 'table b'))).not.toBe(digestOf(text));
  });
});
