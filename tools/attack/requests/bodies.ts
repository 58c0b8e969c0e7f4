import * as fc from 'fast-check';
import type { Body } from '../document/operations';
import { objectOf } from './from-schema';
import { HUGE_TEXT } from './hostile-texts';
import { hostileValue, written } from './hostile-values';

export interface Content {
  readonly body: string | Uint8Array;
  readonly type: string;
}

const JSON_TYPE = 'application/json';
const json = (value: unknown): Content => ({ body: written(value), type: JSON_TYPE });
const text = (body: string, type = JSON_TYPE): Content => ({ body, type });

/** Bodies as documented: the example, or what the schema allows. */
export const goodBodies = ({ schema, example }: Body): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(
    fc.constant({ ...example }),
    fc.tuple(fc.constant(example), objectOf(schema)).map(([one, other]) => ({ ...one, ...other })),
    objectOf(schema),
  );

const fieldsOf = ({ schema }: Body): string[] => Object.keys(schema.properties ?? {});

export const good = (body: Body): fc.Arbitrary<Content> => goodBodies(body).map(json);

/** One field, perhaps one that is nested, holds what it must not. */
export function oneWrong(body: Body): fc.Arbitrary<Content> {
  const names = fieldsOf(body);
  if (names.length === 0) return fc.constant(json({}));
  const nested = fc
    .tuple(goodBodies(body), fc.constantFrom(...names), hostileValue, fc.constantFrom('id', 'number', 'x'))
    .map(([value, name, hostile, inner]) => json({ ...value, [name]: [{ [inner]: hostile }] }));
  const flat = fc
    .tuple(goodBodies(body), fc.constantFrom(...names), hostileValue)
    .map(([value, name, hostile]) => json({ ...value, [name]: hostile }));
  return fc.oneof({ weight: 5, arbitrary: flat }, { weight: 1, arbitrary: nested });
}

const POLLUTION = [
  '{"__proto__":{"polluted":1,"role":"owner"}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"__proto__":null}',
  '{"toString":null,"valueOf":null,"hasOwnProperty":1}',
  '{"prototype":{"a":1},"__defineSetter__":1}',
];

/** Something else than an object, or an object with what does not belong into it. */
export function wrongStructure(body: Body): fc.Arbitrary<Content> {
  const one = goodBodies(body);
  return fc.oneof(
    hostileValue.map(json),
    one.map((value) => json([value])),
    one.map((value) => json({ data: value })),
    fc.constantFrom(...POLLUTION).map((value) => text(value)),
    fc
      .tuple(one, fc.constantFrom(...POLLUTION))
      .map(([value, bad]) => text(`${bad.slice(0, -1)},${written(value).slice(1)}`)),
    fc
      .tuple(one, fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 8 }))
      .map(([value, more]) => json({ ...more, ...value })),
    fc
      .constantFrom(...fieldsOf(body), 'id')
      .map((name) => text(`{"${name}":"a","${name}":{"${name}":1},"${name}":[]}`)),
  );
}

/** What is no JSON although it says so. */
export function unreadable(body: Body): fc.Arbitrary<Content> {
  const whole = goodBodies(body).map(written);
  return fc.oneof(
    fc.tuple(whole, fc.nat()).map(([value, at]) => text(value.slice(0, at % (value.length + 1)))),
    fc.tuple(whole, fc.nat(), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 })).map(([value, at, noise]) => {
      const place = at % (value.length + 1);
      return text(value.slice(0, place) + noise + value.slice(place));
    }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ body: bytes, type: JSON_TYPE })),
    fc.constantFrom(...ODD_JSON).map((value) => text(value)),
    whole.map((value) => ({ body: Buffer.from(value, 'utf16le'), type: `${JSON_TYPE}; charset=utf-16` })),
  );
}

const ODD_JSON = [
  '',
  ' ',
  '\ufeff{}',
  "{'a':1}",
  '{a:1}',
  '{"a":1,}',
  '[1,]',
  '{"a":01}',
  '{"a":.5}',
  '{"a":+1}',
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":undefined}',
  '{} {}',
  '{}//c',
  '/* c */{}',
  '"\\ud800"',
  '"\\x41"',
  '"\u0000"',
  'nul',
  '{"a":"\\u0000"}',
  '['.repeat(200_000),
  '{"a":'.repeat(50_000),
  '"'.repeat(9999),
];

const TYPES = [
  ...[
    'text/plain',
    'text/html',
    'application/xml',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'application/octet-stream',
  ],
  ...[
    'application/json; charset=utf-7',
    'application/json;charset=latin1',
    'application/jsonx',
    'application/vnd.api+json',
    'json',
    '',
  ],
  ...[
    'application/x-www-form-urlencoded',
    'APPLICATION/JSON',
    'application/json, text/plain',
    'application/json;',
    '*/*',
  ],
];

const part = (name: string, more: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const MULTIPART = [
  ...[
    part('id', '; filename="a.pdf"', '%PDF-1.7 x'),
    part('id', '; filename="../../etc/passwd"', 'x'),
    part('id', '; filename="a\u0000.png"', 'x'),
  ],
  ...[
    part('id', '; filename="a.svg"', '<svg onload="alert(1)"/>'),
    part('__proto__', '', 'x'),
    part('', '', ''),
    part('a'.repeat(300), '', 'x'),
  ],
  ...[
    part('a', '', 'x').repeat(60),
    part('id', '; filename="a.pdf"', 'x').repeat(5),
    part('name', '', 'y'.repeat(20_000)),
  ],
  ...[
    '--b\r\n\r\n',
    '--b',
    '--b--',
    'x',
    `--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n`,
    `--b\r\n${'A: b\r\n'.repeat(100)}\r\nx\r\n`,
  ],
];

/** Bodies of other media types, and of those that are not what they say. */
export function otherEncodings(body: Body): fc.Arbitrary<Content> {
  const whole = goodBodies(body).map(written);
  const names = [
    ...fieldsOf(body),
    'id',
    '__proto__',
    'constructor',
    'a[b][c]',
    'a[]',
    'a[0][__proto__][b]',
    '[]',
    'a[99999999]',
  ];
  const pair = fc.tuple(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 20 }));
  const form = fc
    .array(pair, { maxLength: 12 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${quoted(value)}`).join('&'));
  return fc.oneof(
    fc.tuple(whole, fc.constantFrom(...TYPES)).map(([value, type]) => text(value, type)),
    form.map((value) => text(value, 'application/x-www-form-urlencoded')),
    fc
      .constantFrom(
        '%',
        '%zz',
        'a=%ff',
        'a[b',
        ']=',
        '&&&',
        'a'.repeat(9000),
        'a[]=1&'.repeat(30_000),
        `a${'[b]'.repeat(3000)}=1`,
      )
      .map((value) => text(value, 'application/x-www-form-urlencoded')),
    fc
      .tuple(fc.constantFrom(...MULTIPART), fc.boolean())
      .map(([value, closed]) => text(value + (closed ? '--b--\r\n' : ''), 'multipart/form-data; boundary=b')),
    fc.constant(text(`{"a":"${HUGE_TEXT}${HUGE_TEXT}"}`)),
  );
}

const quoted = (value: string): string => encodeURIComponent(Buffer.from(value).toString());
