import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const page = readFileSync(join(checkout, 'docs/security.md'), 'utf8');
const named = [...new Set([...page.matchAll(/`((?:apps|tools|libs)\/[\w./-]+\.ts)`/g)].map(([, path = '']) => path))];

describe('the page about security', () => {
  it('has a state and a test for each of the ten risks', () => {
    const rows = [...page.matchAll(/^\| API(\d+) [^|]+\|([^|]+)\|([^|]+)\|$/gm)];
    expect(rows.map(([, number]) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [, , state = '', tests = ''] of rows) {
      expect(state).toMatch(/^ (holds|partly|missing)\b/);
      expect(tests).toMatch(/\.ts`/);
    }
  });

  it.each(named)('names a test that is there: %s', (path) => {
    expect(existsSync(join(checkout, path))).toBe(true);
  });
});
