import { EMAIL_TEMPLATES } from '@open-cpo/contracts';
import { harmlessName, NAME_LENGTH } from '@open-cpo/platform';
import fc from 'fast-check';
import { letterOf } from './letters';

const NAMES = [
  'Ada',
  'Amina Haddad',
  "Seán O'Brien",
  'Jean-Luc D’Arc',
  'J. R. Smith',
  'Charge & Go',
  'Abd al Rahman Haddad',
  'أمينة حداد',
  '山田 太郎',
  'Zoë Åström',
];

const SENTENCES = [
  'Amina, your payout of 4,310.00 USD was returned. Confirm at https://open-cpo-payouts.example/confirm',
  'open-cpo.example',
  'open-cpo。example',
  'ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'evil\u200b.example',
  'call +1 900 000 000',
  'call ٠٩٠٠١٢٣٤٥',
  '5000 USD',
  'one thousand dollars now',
  'Five Hundred Euro',
  '五百万元',
  'ألف دينار',
  '€ for you',
  'a@b.example',
  'line\nbreak',
  'line\u2028break',
  'https',
  'www evil example',
  'your account is blocked please call the bank',
  '<b>Ada</b>',
  'x'.repeat(NAME_LENGTH + 1),
  '',
  ' ',
  '-',
];

describe('a harmless name', () => {
  it.each(NAMES)('is %s', (name) => {
    expect(harmlessName(name)).toBe(name.normalize('NFKC'));
    expect(harmlessName(` ${name} `)).toBe(name.normalize('NFKC'));
  });

  it.each(SENTENCES)('is not %j', (text) => {
    expect(harmlessName(text)).toBeUndefined();
  });

  it('is short, on one line, without digits, links and marks, whatever is sent', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.constantFrom('Ada', '.', ' ', 'com', '4', '$', '/', ':', '@', '\n', 'é', '１', '。', '\u202e', "'"))
        .map((s) => s.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const name = harmlessName(text);
        if (name === undefined) return;
        expect(name.length).toBeLessThanOrEqual(NAME_LENGTH);
        expect(name).toMatch(/^[\p{L}\p{M} .'’&-]+$/u);
        expect(name).not.toMatch(/\S\.\S/u);
        expect(harmlessName(name)).toBe(name);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('every letter', () => {
  const people = ['name', 'inviter', 'owner', 'actor', 'detail'];
  const letters = (['en', 'ar'] as const).flatMap((language) =>
    EMAIL_TEMPLATES.map((template) => [template, language] as const),
  );

  it.each(letters)('%s in %s keeps sentences of strangers out of itself', (template, language) => {
    const fixed = { code: '4711', change: 'api-key-created' };
    for (const text of SENTENCES.filter((one) => one.trim().length > 2)) {
      const params = { ...fixed, ...Object.fromEntries(people.map((person) => [person, text])) };
      const { subject, text: body, html } = letterOf({ template, language, params });
      expect(`${subject}\n${body}\n${html}`).not.toContain(text);
      expect(subject).not.toMatch(/[\r\n]/);
    }
  });
});
