import { FORMATS } from './formats';
import type { Format } from './formats';

const TOKEN =
  'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJnYXNhYmxlLnRlc3QiLCJpYXQiOjE3MTYwMjc4ODQsImV4cCI6MTc0NzU2Mzg4NCwiZGF0YSI6eyJ1c2VyX2lkIjoxMzUyMzEsInVzZXJfdHlwZSI6MX19.NlcGZdzy4kKACb1fJSSxL-VVJIwvvTbTqtz0_Rvv3_E';

const CASES: Record<Format, { good: readonly unknown[]; bad: readonly unknown[] }> = {
  int: { good: [0, -1, 15, 2 ** 40], bad: [1.5, '1', null, true, Infinity, NaN, 2 ** 60, [1]] },
  id: { good: [1, 2147483647], bad: [0, -1, 2147483648, 1.5, '1', null, true] },
  number: { good: [0, 34.612, -7, 1e21], bad: ['34.612', null, NaN, Infinity, false] },
  bit: { good: [0, 1], bad: [true, false, '0', '1', 2, -1, null] },
  bool: { good: [true, false], bad: [0, 1, 'true', null] },
  string: { good: ['', 'x'], bad: [0, null, false, ['x'], {}] },
  text: { good: ['x', ' x ', 'نص'], bad: ['', ' ', '\n', 0, null] },
  s2: {
    good: ['68.10', '0.00', '-953.47', '649355.19'],
    bad: [68.1, '68.1', '68.100', '68', '068.10', '1,362.09', '-0.00', '', ' 1.00', '1.00\n', 'NaN', null, '1e3.00'],
  },
  s4: { good: ['27.0000', '0.0000', '-1.5600'], bad: ['27.00', 27, '27', '27.00000', '-0.0000', null] },
  numeric: { good: ['31.95', '0', '-7.5', '144776'], bad: [31.95, '', '1.', '.5', '1e3', '0x1F', 'NaN', null] },
  digits: { good: ['962', '007'], bad: [962, '', '+962', '1 2', '٣', null] },
  digitsOrNothing: { good: ['', '966977977974'], bad: ['+966', 0, null, 'x'] },
  iso: {
    good: ['2024-09-16T07:33:27.000000Z', '2024-02-29T23:59:59.999999Z'],
    bad: [
      '2024-09-16T07:33:27Z',
      '2024-09-16T07:33:27.000Z',
      '2024-09-16T07:33:27.000000+00:00',
      '2024-09-16 07:33:27',
      '2023-02-29T07:33:27.000000Z',
      '2024-09-16T24:00:00.000000Z',
      '2024-13-16T07:33:27.000000Z',
      1726472007,
      null,
    ],
  },
  dt: {
    good: ['2024-09-16 07:33:27'],
    bad: ['2024-09-16 07:33', '2024-09-16T07:33:27', '2024-09-31 07:33:27', '2024-09-16 07:60:27', null],
  },
  dtMinutes: { good: ['2024-09-16 07:33'], bad: ['2024-09-16 07:33:27', '2024-09-16', '2024-09-16 7:33', null] },
  ymd: { good: ['1970-01-01', '2109-05-30'], bad: ['01-01-1970', '1970-1-1', '2025-02-30', '1970-01-01T', null, 0] },
  dmy: { good: ['05-05-2025', '31-12-2024'], bad: ['2025-05-05', '31-11-2025', '5-5-2025', '12-31-2024', null] },
  hm: { good: ['00:00', '09:02', '23:59'], bad: ['24:00', '9:02', '09:60', '09:02:00', '', null] },
  hms: { good: ['00:00:00', '23:59:00'], bad: ['00:00', '24:00:00', '23:59:60', null, 0] },
  url: {
    good: ['http://localhost:8080/images/charge-point-1.jpeg', 'https://storage.powerly.app/connectors/Type 1.png'],
    bad: ['/images/charge-point-1.jpeg', 'undefined/images/x.png', 'http://undefined/x.png', 'ftp://x/y', '', null],
  },
  colour: { good: ['#D2B48C', '#000000'], bad: ['#d2b48c', 'D2B48C', '#D2B', '#D2B48G', '#D2B48CFF', 'tan', null] },
  uuid: {
    good: ['123e4567-e89b-12d3-a456-426614174000', '27EE3F39-8768-4BC3-A6AE-440D87660B02'],
    bad: ['123e4567e89b12d3a456426614174000', '123e4567-e89b-12d3-a456', 'z23e4567-e89b-12d3-a456-426614174000', null],
  },
  jwt: { good: [TOKEN], bad: ['a.b.c', TOKEN.replace(/\.[^.]*$/, ''), `${TOKEN}.x`, 'W10.W10.x', '', null, 'opaque'] },
  email: { good: ['owner@demo.test'], bad: ['[email protected]', 'owner', '@demo.test', 'a b@c', '', null] },
  zone: { good: ['Asia/Amman', 'UTC', 'Africa/Algiers'], bad: ['Asia/Nowhere', '', 3, null] },
  iso2: { good: ['JO', 'UA'], bad: ['jo', 'JOR', 'J', '', null] },
  xlsx: { good: [Buffer.from('PK\u0003\u0004rest')], bad: ['PK', Buffer.from('<html>'), Buffer.alloc(0), {}, null] },
  empty: { good: [undefined, '', Buffer.alloc(0)], bad: [null, {}, ' ', 'null', Buffer.from('x')] },
};

describe('the formats of the wire', () => {
  it.each(Object.keys(FORMATS) as Format[])('%s takes what the reference prints and nothing near it', (name) => {
    const { good, bad } = CASES[name];
    expect(good.filter((value) => !FORMATS[name](value))).toEqual([]);
    expect(bad.filter((value) => FORMATS[name](value))).toEqual([]);
    expect(Math.min(good.length, bad.length)).toBeGreaterThan(0);
  });
});
