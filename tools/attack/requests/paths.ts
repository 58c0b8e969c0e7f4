import * as fc from 'fast-check';
import type { Operation } from '../document/operations';
import { hostileText } from './hostile-values';

const IDS = [
  ...['0', '-1', '1.5', '1e3', '0x1F', '%201', '1%20', '+1', '01', '2147483647', '2147483648', '9223372036854775808'],
  ...[
    '99999999999999999999',
    '١',
    'NaN',
    'null',
    'undefined',
    '%00',
    '1%00',
    '%2e%2e',
    '..%2f',
    '%2F',
    '1;2',
    '1,2',
    '*',
  ],
  ...[
    '__proto__',
    'constructor',
    "1'--",
    '1%20OR%201=1',
    '%ff',
    '%c0%af',
    '1?',
    '%',
    '%zz',
    'a'.repeat(150),
    'a'.repeat(3000),
  ],
];

// What is no text of its own, half of a pair, cannot be encoded.
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString());

/** Path parameters: ours, somebody else's, and what is no id at all. */
export function hostileParams({ parameters }: Operation): fc.Arbitrary<Record<string, string>> {
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.constant('@own') },
    { weight: 2, arbitrary: fc.constant('@other') },
    { weight: 3, arbitrary: fc.constantFrom(...IDS) },
    { weight: 1, arbitrary: hostileText.map(encoded) },
    { weight: 1, arbitrary: fc.integer().map(String) },
  );
  const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  return fc.record(Object.fromEntries(names.map((name) => [name, value])));
}

const KNOWN: Record<string, readonly string[]> = {
  page: ['0', '-1', '1', '2', '1e9', '99999999999', 'a', '1.5', '2147483647'],
  itemsPerPage: ['-1', '0', '1', '15', '100', '101', '1000000000', 'NaN', '', '-2', '1e3'],
  sortBy: [
    'id',
    'title',
    'insert_date',
    'password_hash',
    'id;drop table users',
    '(select 1)',
    'ID',
    '',
    'a b',
    'account_id',
  ],
  sortDesc: ['true', 'false', '0', '1', 'yes', '', 'null'],
  search: ['a', 'ab', '%', '_', '\\', "'", '%%%%', 'مركز'],
};

/** A query as a client of ours would send it. */
export function usualQuery(operation: Operation): fc.Arbitrary<string> {
  const names = queryNames(operation);
  if (names.length === 0) return fc.constant('');
  return fc
    .array(
      fc
        .constantFrom(...names)
        .chain((name) => fc.constantFrom(...(KNOWN[name] ?? ['1'])).map((value) => `${name}=${encoded(value)}`)),
      { maxLength: 3 },
    )
    .map((pairs) => pairs.join('&'));
}

/** Queries with wrong values, repeated names, lists and objects where there should be one value. */
export function hostileQuery(operation: Operation): fc.Arbitrary<string> {
  const names = [
    ...queryNames(operation),
    ...Object.keys(KNOWN),
    'id',
    'account_id',
    '__proto__',
    'constructor[prototype]',
    'filter',
  ];
  const suffix = fc.constantFrom('', '', '', '', '[]', '[a]', '[0]', '[__proto__]', '[a][b][c][d][e][f][g]', '%00');
  const value = fc.oneof(hostileText, ...Object.values(KNOWN).map((values) => fc.constantFrom(...values)));
  const pair = fc
    .tuple(fc.constantFrom(...names), suffix, value)
    .map(([name, more, one]) => `${name}${more}=${encoded(one.slice(0, 3000))}`);
  return fc.oneof(
    { weight: 12, arbitrary: fc.array(pair, { minLength: 1, maxLength: 6 }).map((pairs) => pairs.join('&')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '%',
        '%zz=1',
        'a=%ff',
        '&&&&',
        '=',
        '?',
        'a[b',
        'page=1&'.repeat(500),
        `a${'[b]'.repeat(500)}=1`,
      ),
    },
    { weight: 1, arbitrary: fc.constant('') },
  );
}

const queryNames = ({ parameters }: Operation): string[] =>
  parameters.filter((one) => one.in === 'query').map(({ name }) => name);
