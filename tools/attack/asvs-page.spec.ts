import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const page = readFileSync(join(checkout, 'docs/asvs.md'), 'utf8');

/** Items of levels 1 and 2 of OWASP ASVS 5.0 by section. Chapters 10 and 17 are one row each. */
const ITEMS = `
  1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2
  2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2 4.1:1-3 4.2:1 4.3:1-2 4.4:1-4
  5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4
  7.1:1-3 7.2:1-4 7.3:1-2 7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4
  11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2 13.4:1-5
  14.1:1-2 14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3
`;
const STATES = ['holds', 'partly', 'missing', 'not applicable'];

function numbersOf(section: string): string[] {
  const [name = '', ranges = ''] = section.split(':');
  return ranges.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => `${name}.${first + at}`);
  });
}

const items = ITEMS.trim().split(/\s+/).flatMap(numbersOf);
const rows = [...page.matchAll(/^\| (V?\d[\d.]*) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  ([, item = '', asks = '', state = '', shown = '']) => ({ item, asks, state, shown }),
);
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+\.(?:spec\.ts|ts|mjs|md|yaml|json))`/g)].map(([, path = '']) => path);

describe('the page about OWASP ASVS', () => {
  it('has every item of levels 1 and 2 once, in order', () => {
    expect(items).toHaveLength(217);
    expect(rows.filter(({ item }) => !item.startsWith('V')).map(({ item }) => item)).toEqual(items);
    expect(rows.filter(({ item }) => item.startsWith('V')).map(({ item }) => item)).toEqual(['V10', 'V17']);
  });

  it('says of each whether it holds, in four words', () => {
    expect(rows.filter(({ state }) => !STATES.includes(state))).toEqual([]);
    const counted = STATES.map((state) => rows.filter((row) => row.state === state).length);
    const told = /Of (\d+) rows (\d+) hold, (\d+) hold partly, (\d+) are missing and (\d+) are not applicable/.exec(
      page,
    );
    expect(told?.slice(1).map(Number)).toEqual([rows.length, ...counted]);
  });

  it.each(rows.filter(({ state }) => state === 'holds' || state === 'partly'))(
    'names a file that shows what there is of $item',
    ({ shown }) => {
      const paths = pathsIn(shown);
      expect(paths).not.toEqual([]);
      expect(paths.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
    },
  );

  it('is linked from the page about security', () => {
    expect(readFileSync(join(checkout, 'docs/security.md'), 'utf8')).toContain('](asvs.md)');
  });
});
