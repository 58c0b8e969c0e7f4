import * as fc from 'fast-check';
import { HOSTILE_TEXTS, HUGE_TEXT } from './hostile-texts';

/** Marks a text that goes out without quotes: what JSON.stringify would not write. */
const RAW = /"@raw:([^"@]*)@"/g;
const raw = (token: string): string => `@raw:${token}@`;

const NUMBERS: readonly unknown[] = [
  ...[0, 1, -1, 0.1 + 0.2, 1e-7, 5e-324, 1e21, 1e308, -1e308, 127, 128, 255, 256, 32767, 32768, 65536],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 99999.999999, 1.005],
  ...[
    '-0',
    '1e999',
    '-1e999',
    '1E400',
    '9007199254740993',
    '9223372036854775808',
    '1'.repeat(400),
    '0.' + '1'.repeat(400),
  ].map(raw),
];

const nested = (depth: number, open: string, close: string): string => raw(open.repeat(depth) + close.repeat(depth));

const STRUCTURES: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  [[], {}],
  { toString: 1 },
  { valueOf: null, toString: null },
  { length: 1e9 },
  { 0: 'a', length: 1 },
  { $gt: '' },
  { constructor: { prototype: { polluted: 1 } } },
  Array.from({ length: 200 }, (_, n) => n),
  Array.from({ length: 5000 }, () => 1),
  Array.from({ length: 50 }, () => ({ id: 1 })),
  Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`k${n}`, n])),
  nested(19, '[', ']'),
  nested(25, '[', ']'),
  nested(5000, '[', ']'),
  nested(100_000, '[', ']'),
  raw('{!a!:'.repeat(15) + '1' + '}'.repeat(15)),
  raw('{!a!:'.repeat(3000) + '1' + '}'.repeat(3000)),
];

/** A value that no field expects. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 20, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 20, arbitrary: fc.constantFrom(...STRUCTURES) },
  { weight: 8, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 4, arbitrary: fc.double() },
  { weight: 4, arbitrary: fc.integer() },
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant(HUGE_TEXT) },
);

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** JSON in which marked texts stand for themselves. */
export const written = (value: unknown): string =>
  (JSON.stringify(value) ?? 'undefined').replace(RAW, (_, token: string) => token.replaceAll('!', '"'));
