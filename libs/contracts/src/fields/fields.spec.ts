import {
  accept,
  Amount,
  Bool,
  Choice,
  Day,
  DayOrInstant,
  type Dto,
  Email,
  Instant,
  Int,
  ItemsPerPage,
  Json,
  Nested,
  NestedList,
  Numeric,
  Pattern,
  Ref,
  RefList,
  Text,
  TimeOfDay,
} from '../index';

/** The value that a field makes of what came, or what it says about it. */
function judged(decorator: PropertyDecorator, raw: unknown): unknown {
  class Input {
    @decorator value?: unknown;
  }
  const { input, errors } = accept(Input as Dto<{ value?: unknown }>, { value: raw });
  return errors.empty ? input.value : Object.values(errors.toMap())[0]?.[0];
}

class Item {
  @Ref({ presence: 'required' }) id: number;
  @Int() number?: number | null;
}

const good: [string, PropertyDecorator, [raw: unknown, value: unknown][]][] = [
  [
    'Text',
    Text({ max: 3 }),
    [
      ['a', 'a'],
      ['  a ', 'a'],
      ['', null],
      ['  ', null],
      [null, null],
      ['💡💡💡', '💡💡💡'],
      ['شحن', 'شحن'],
    ],
  ],
  [
    'Text, raw',
    Text({ raw: true }),
    [
      [' a ', ' a '],
      ['', null],
    ],
  ],
  [
    'Email',
    Email(),
    [
      [' Ada@Example.COM ', 'ada@example.com'],
      ['\u200eada@example.com', 'ada@example.com'],
      ['\u202a ada@exam\u00adple.com\u202c\u200b', 'ada@example.com'],
      ['cafe\u0301@example.com', 'caf\u00e9@example.com'],
      ['', null],
    ],
  ],
  ['Pattern', Pattern(/^#[0-9A-F]{6}$/, 'The :attribute is no color.'), [['#00FF7F', '#00FF7F']]],
  [
    'Int',
    Int(),
    [
      [5, 5],
      ['5', 5],
      [' -5 ', -5],
      ['+5', 5],
      ['٤٢', 42],
      ['\u200f۴۲\u200e', 42],
      ['４２', 42],
      ['−५', -5],
      ['𝟞', 6],
      [0, 0],
      ['0', 0],
      ['', null],
      [5.0, 5],
    ],
  ],
  [
    'Numeric',
    Numeric(),
    [
      [1.5, 1.5],
      ['1.5', 1.5],
      ['٢٤٫٧', 24.7],
      ['−۳۶٫۵', -36.5],
      ['\u202d1.5\u202c', 1.5],
      ['١٬٢٣٤٫٥', 1234.5],
      ['-1e3', -1000],
      [49471.7, 49471.7],
      ['', null],
    ],
  ],
  [
    'Bool',
    Bool(),
    [
      [true, true],
      [1, true],
      ['1', true],
      ['true', true],
      [false, false],
      [0, false],
      ['0', false],
      ['false', false],
      ['', null],
    ],
  ],
  [
    'Choice',
    Choice(['a', 'b']),
    [
      ['a', 'a'],
      [' b ', 'b'],
      ['', null],
    ],
  ],
  [
    'Ref',
    Ref(),
    [
      [7, 7],
      ['7', 7],
      [2147483647, 2147483647],
      ['', null],
    ],
  ],
  [
    'RefList',
    RefList(),
    [
      [
        [1, '2'],
        [1, 2],
      ],
      [[], []],
      ['7', [7]],
      ['', null],
      [null, null],
    ],
  ],
  [
    'TimeOfDay',
    TimeOfDay(),
    [
      ['00:00', '00:00'],
      ['23:59', '23:59'],
    ],
  ],
  ['TimeOfDay with seconds', TimeOfDay({ seconds: true }), [['08:00:00', '08:00:00']]],
  [
    'Day',
    Day(),
    [
      ['2024-02-29', '2024-02-29'],
      ['9999-12-31', '9999-12-31'],
    ],
  ],
  [
    'Instant',
    Instant(),
    [
      ['2025-05-12T09:02:00+02:00', '2025-05-12T07:02:00.000Z'],
      ['٢٠٢٥-٠٥-١٢T٠٩:٠٢:٠٠Z', '2025-05-12T09:02:00.000Z'],
      [' ', null],
    ],
  ],
  [
    'ItemsPerPage',
    ItemsPerPage(),
    [
      ['15', 15],
      ['\u061c١٥', 15],
      ['-1', -1],
      ['−1', -1],
      ['', null],
    ],
  ],
  [
    'DayOrInstant',
    DayOrInstant(),
    [
      ['2024-02-29', '2024-02-29T00:00:00.000Z'],
      ['٢٠٢٤-٠٢-٢٩', '2024-02-29T00:00:00.000Z'],
      ['2024-02-29T10:00:00.5+01:00', '2024-02-29T09:00:00.500Z'],
    ],
  ],
  [
    'Amount',
    Amount({ decimals: 2 }),
    [
      [15.5, '15.5'],
      ['15.5', '15.5'],
      ['15.50', '15.50'],
      [0, '0'],
      ['0', '0'],
      [99999999.99, '99999999.99'],
      ['', null],
    ],
  ],
  [
    'Amount of any precision',
    Amount(),
    [
      [258.284235, '258.284235'],
      [1e-7, '0.0000001'],
      [0.1 + 0.2, '0.30000000000000004'],
    ],
  ],
  [
    'Nested',
    Nested(() => Item),
    [
      [{ id: '3', x: 1 }, { id: 3 }],
      ['', null],
    ],
  ],
  [
    'NestedList',
    NestedList(() => Item),
    [
      [[{ id: 3, number: '' }], [{ id: 3, number: null }]],
      [[], []],
      ['', null],
    ],
  ],
  [
    'Json',
    Json(),
    [
      [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
      ['', ''],
    ],
  ],
];

const says = (rest: string): string => `The value field ${rest}`;
const UNSTORABLE = says('contains characters that are not allowed.');
const bad: [string, PropertyDecorator, [raw: unknown, text: string][]][] = [
  [
    'Text',
    Text({ min: 2, max: 3 }),
    [
      [5, says('must be a string.')],
      [['a'], says('must be a string.')],
      [{ a: 1 }, says('must be a string.')],
      [true, says('must be a string.')],
      ['aaaa', says('must not be greater than 3 characters.')],
      ['x'.repeat(500_000), says('must not be greater than 3 characters.')],
      ['a', says('must be at least 2 characters.')],
      ['a\0b', UNSTORABLE],
      ['a\ud800', UNSTORABLE],
      ['\udc00a', UNSTORABLE],
    ],
  ],
  [
    'Email',
    Email(),
    [
      ...['ada', '"a b"@c.org', 'a%0d%0Ab@c.org', 'a%20b@c.org', 'ａ@c.org'].map((raw): [unknown, string] => [
        raw,
        says('must be a valid email address.'),
      ]),
      [1, says('must be a string.')],
      ['a@b\0.org', UNSTORABLE],
    ],
  ],
  ['Pattern', Pattern(/^#[0-9A-F]{6}$/, 'The :attribute is no color.'), [['red', 'The value is no color.']]],
  [
    'Int',
    Int({ min: 1, max: 9 }),
    [
      ...['1.0', '1e3', '0x1F', '007', 'five', '②', '½', 'x²', 1.5, true, [1], { a: 1 }, Infinity, 1e400].map(
        (raw): [unknown, string] => [raw, says('must be an integer.')],
      ),
      [0, says('must be at least 1.')],
      ['10', says('must not be greater than 9.')],
      ['999999999999999', says('must not be greater than 9.')],
    ],
  ],
  [
    'Numeric',
    Numeric(),
    ['x', '1e400', Infinity, [1], true, '1,5', '١،٥', '١٬٢', '٬١٢٣'].map((raw) => [raw, says('must be a number.')]),
  ],
  ['Bool', Bool(), ['yes', 2, 'TRUE', [true], {}].map((raw) => [raw, says('must be true or false.')])],
  [
    'Choice',
    Choice(['a']),
    ['b', 'A', 1, ['a'], 'toString', '__proto__'].map((raw) => [raw, 'The selected value is invalid.']),
  ],
  [
    'Ref',
    Ref(),
    [0, -1, 1.5, '1e3', '0x1F', '01', 2147483648, '99999999999', [1], {}, true, 'a'].map((raw) => [
      raw,
      'The selected value is invalid.',
    ]),
  ],
  [
    'RefList',
    RefList({ maxItems: 2 }),
    [
      [5, says('must be an array.')],
      ['1,2', says('must be an array.')],
      [{ 0: 1 }, says('must be an array.')],
      [[1, 2, 3], says('must not have more than 2 items.')],
      [[1, 'x'], 'The selected value.1 is invalid.'],
      [[[1]], 'The selected value.0 is invalid.'],
    ],
  ],
  [
    'TimeOfDay',
    TimeOfDay(),
    ['24:00', '9:00', '09:00:00', 'noon'].map((raw) => [raw, says('must match the format H:i.')]),
  ],
  ['TimeOfDay with seconds', TimeOfDay({ seconds: true }), [['08:00', says('must match the format H:i:s.')]]],
  [
    'Day',
    Day(),
    ['2023-02-29', '2024-13-01', '0000-01-01', '1-1-2024', '2024-01-01T00:00:00Z', 20240101, ['2024-01-01']].map(
      (raw) => [raw, says('must match the format Y-m-d.')],
    ),
  ],
  [
    'DayOrInstant',
    DayOrInstant(),
    ['2027-02-30', '2027-02-30T00:00:00Z', '2024-01-01T10:00:00', '2024-13-01', 'soon', 20240101].map((raw) => [
      raw,
      says('must be a day of the calendar (Y-m-d) or an ISO 8601 instant with a zone.'),
    ]),
  ],
  [
    'Amount',
    Amount({ decimals: 2 }),
    [
      [15.555, says('must have 2 decimal places.')],
      ['15.500', says('must have 2 decimal places.')],
      [-1, says('must be at least 0.')],
      [100_000_000, says('must not be greater than 99999999.99.')],
      [1e21, says('must not be greater than 99999999.99.')],
      ...['x', '1,5', '1e3', '0x1', true, [1], {}, 1e300, 1e400].map((raw): [unknown, string] => [
        raw,
        says('must be a number.'),
      ]),
    ],
  ],
  [
    'Nested',
    Nested(() => Item),
    [
      [5, says('must be an array.')],
      [[{ id: 1 }], says('must be an array.')],
      [{ id: 0 }, 'The selected value.id is invalid.'],
      [{}, 'The value.id field is required.'],
    ],
  ],
  [
    'NestedList',
    NestedList(() => Item, { maxItems: 2 }),
    [
      [{ id: 1 }, says('must be an array.')],
      [[{ id: 1 }, { id: 2 }, { id: 3 }], says('must not have more than 2 items.')],
      [[{ id: 1 }, {}], 'The value.1.id field is required.'],
      [[5], 'The value.0 field must be an array.'],
      [[null], 'The value.0 field must be an array.'],
      [[{ id: 1, number: 'x' }], 'The value.0.number field must be an integer.'],
    ],
  ],
];

describe.each(good)('%s takes', (_name, decorator, cases) => {
  it.each(cases)('%p as %p', (raw, value) => expect(judged(decorator, raw)).toEqual(value));
});

describe.each(bad)('%s refuses', (_name, decorator, cases) => {
  it.each(cases.map(([raw, text]) => [typeof raw === 'string' ? raw.slice(0, 20) : raw, text, raw]))(
    '%p: %s',
    (_shown, text, raw) => expect(judged(decorator, raw)).toBe(text),
  );
});

it('refuses a megabyte of digits as no whole number', () => {
  expect(judged(Int(), '9'.repeat(1_000_000))).toBe('The value field must be an integer.');
});
