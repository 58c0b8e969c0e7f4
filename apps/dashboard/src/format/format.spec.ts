import {
  currencyDigits,
  formatAmount,
  formatUnitPrice,
  formatEnergy,
  formatMinutes,
  formatNumber,
  formatRating,
  formatSeconds,
} from './amounts';
import { formatAgo, formatDate, formatExact, formatMoment, momentOf } from './times';

const EN = 'en-u-nu-latn';
const AR = 'ar-u-nu-latn';
/** Without the invisible marks that `Intl` puts in. */
const plain = (text: string): string => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ');

describe('an amount', () => {
  it.each([
    ['1234.50', 'DZD', 'DZD 1,234.50'],
    ['1234.56', 'JPY', '¥1,235'],
    ['1.2345', 'TND', 'TND 1.235'],
    ['-3.10', 'USD', '-$3.10'],
    ['12345678901234567.89', 'USD', '$12,345,678,901,234,567.89'],
  ])('%s %s is %s', (amount, currency, text) => {
    expect(plain(formatAmount(amount, currency, EN))).toBe(text);
  });

  it('has the digits of its currency', () => {
    expect(['JPY', 'USD', 'KWD', 'nonsense'].map(currencyDigits)).toEqual([0, 2, 3, 2]);
  });

  it.each([
    ['12.50', 'JPY', '¥12.5'],
    ['12.00', 'JPY', '¥12'],
    ['0.5', 'USD', '$0.50'],
    ['0.1234', 'USD', '$0.1234'],
    ['0.12', 'KWD', 'KWD 0.120'],
  ])('shows the price of a unit with all of its digits: %s %s', (price, currency, text) => {
    expect(plain(formatUnitPrice(price, currency, EN))).toBe(text);
  });

  it('is written in Arabic, and stays when it is none', () => {
    expect(plain(formatAmount('1234.50', 'DZD', AR))).toContain('1,234.50');
    expect(formatAmount('3.98', 'USD', AR)).toContain('US$\u200e');
    expect(formatAmount(null, 'USD', EN)).toBe('–');
    expect(formatAmount('unknown', 'USD', EN)).toBe('unknown');
    expect(plain(formatAmount('5', 'pièces', EN))).toBe('5 pièces');
  });
});

describe('figures', () => {
  it('are short', () => {
    expect([formatEnergy('611.5801', EN), formatEnergy(21_036.3, EN)].map(plain)).toEqual(['611.58 kWh', '21.04 MWh']);
    expect(plain(formatEnergy('611.58', AR, ['ك.و.س', 'م.و.س']))).toBe('611.58 ك.و.س');
    expect(['4', 4.55, null].map((rating) => formatRating(rating, EN))).toEqual(['4.0', '4.6', '–']);
    expect([0, 59.4, 60, 145].map((minutes) => plain(formatMinutes(minutes, EN)))).toEqual([
      '0 min',
      '59 min',
      '1 hr',
      '2 hr 25 min',
    ]);
    expect([formatNumber('x', EN), formatMinutes('x', EN)]).toEqual(['–', '–']);
    expect([0, -5, 90, 7200].map((seconds) => plain(formatSeconds(seconds, EN)))).toEqual([
      '0 sec',
      '-5 sec',
      '+1.5 min',
      '+2 hr',
    ]);
  });
});

describe('a time', () => {
  it('without a zone is UTC', () => {
    expect(momentOf('2025-05-12 09:02').toISOString()).toBe('2025-05-12T09:02:00.000Z');
    expect(momentOf('2025-05-12 09:02:03').toISOString()).toBe('2025-05-12T09:02:03.000Z');
    expect(momentOf('2025-05-12T09:02:03.123456+01:00').toISOString()).toBe('2025-05-12T08:02:03.123Z');
  });

  it('is shown in the zone of its power center, or of the reader, which is named', () => {
    const text = plain(formatMoment('2025-05-12T22:30:00Z', EN, 'Asia/Dubai'));
    expect(text).toContain('May 13, 2025');
    expect(text).toMatch(/02:30 AM.*GMT\+4/);
    const own = new Intl.DateTimeFormat(EN, { timeZoneName: 'short' }).formatToParts(new Date('2025-05-12T22:30:00Z'));
    const zone = own.find(({ type }) => type === 'timeZoneName')?.value;
    expect(zone).toBeDefined();
    for (const format of [formatMoment, formatExact]) expect(format('2025-05-12T22:30:00Z', EN)).toContain(zone);
  });

  it('may be a day, which is the same everywhere, or none', () => {
    expect([formatDate('2025-05-12', EN), formatDate(null, EN), formatDate('soon', EN)]).toEqual([
      'May 12, 2025',
      '–',
      'soon',
    ]);
  });

  it('may be the day of a moment, in a zone', () => {
    const moment = '2025-05-12T22:30:00Z';
    expect(['Asia/Dubai', 'UTC'].map((zone) => formatDate(moment, EN, zone))).toEqual(['May 13, 2025', 'May 12, 2025']);
  });

  it('was some time ago', () => {
    const now = Date.parse('2025-05-12T12:00:00Z');
    const ago = (text: string): string => formatAgo(text, EN, now);
    expect([ago('2025-05-12T11:58:00Z'), ago('2025-05-12T09:00:00Z'), ago('2025-05-10T12:00:00Z')]).toEqual([
      '2 min. ago',
      '3 hr. ago',
      '2 days ago',
    ]);
  });
});
