import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@open-cpo/contracts';
import { arabicFields, arabicText } from './arabic';
import { A0, answerTo, E, N } from './refusals';

const checkout = join(__dirname, '../../../../..');
/** Sources of the services, without tests and without what only operators see in a terminal. */
const sources = ['apps', 'libs'].flatMap((folder) =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /(^|\/)src\/.*\.ts$/.test(name) &&
        !/^(dashboard|testing|client)\/|\.spec\.ts$|\/(test|fixture)\/|operator|reseal|batch-events|secrets|back-ends|cash\.rules/.test(
          name,
        ),
    )
    .map((name) => readFileSync(join(checkout, folder, name), 'utf8')),
);
const TEXT = String.raw`'((?:[^'\\\n]|\\.)+)'|\`((?:[^\`\\]|\\.)+)\``;
const textsOf = (source: string, before: string): string[] =>
  [...source.matchAll(new RegExp(`${before}(?:${TEXT})`, 'g'))].map((match) => match[1] ?? match[2] ?? '');

/** Texts of a source that name what is wrong: of fields, and of refusals; those that a constant holds, too. */
function saidBy(source: string): string[] {
  const names = [...source.matchAll(/(?:errors\s*\.add\([^,()]+, |message: )([A-Z][A-Z_]+)\b/g)].map(
    ([, name]) => name,
  );
  const constants = names.flatMap((name) => textsOf(source, String.raw`const ${name} =\s*`));
  const direct = [String.raw`errors\s*\.add\([^,()]+,\s*`, String.raw`new Refusal\('\w+', \{ message: `];
  const rules = textsOf(source, '').filter((text) => /^The (\$\{label\}|:attribute)/.test(text));
  return [...constants, ...direct.flatMap((before) => textsOf(source, before)), ...rules];
}

const said = [...new Set(sources.flatMap(saidBy))].map((text) =>
  // A text that is a part of another, such as the problem of an address, is not followed.
  text.replace(/\$\{[^}]*problem\}/, 'must be a URL').replace(/\$\{[^}]*\}|:attribute/g, '7'),
);

describe('texts of refusals', () => {
  it('have Arabic for each that a service says', () => {
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((text) => arabicText(text) === undefined)).toEqual([]);
  });

  it.each([
    ['The name field is required.', 'حقل الاسم مطلوب.'],
    ['The address.country id field is required.', 'حقل البلد مطلوب.'],
    ['The selected connectors.0.id is invalid.', 'القيمة المختارة في حقل «connectors.0.id» غير صالحة.'],
    ['The price field must have 2 decimal places.', 'يجب أن تكون لحقل السعر 2 منازل عشرية على الأكثر.'],
    ['The ending time must be a date after starting time.', 'يجب أن يكون وقت النهاية بعد وقت البداية.'],
    ['The times overlap the range price from 08:00 to 12:00.', 'تتداخل الأوقات مع سعر الفترة من 08:00 إلى 12:00.'],
    ['The url field must begin with https://.', 'يجب أن يبدأ حقل العنوان بـ https://.'],
  ])('%s', (english, arabic) => {
    expect(arabicText(english)).toBe(arabic);
  });

  it('of several fields are translated where they have Arabic', () => {
    expect(arabicFields({ title: ['The title field is required.', 'Other.'] })).toEqual({
      title: ['حقل العنوان مطلوب.', 'Other.'],
    });
  });

  it('are those of the language of the request where there is one text, and both where there are two', () => {
    const at = { v3: false, host: 'api.test', unauthenticatedStatus: 401, language: 'ar' } as const;
    const english = 'The name field is required.';
    const invalid = new Refusal('validation_failed', { fields: { name: [english, 'Other.'] }, message: english });
    const arabic = 'حقل الاسم مطلوب.';
    expect(answerTo(invalid, at).body).toEqual(E(arabic, { name: [arabic, 'Other.'] }));
    expect(answerTo(invalid, at, { bareErrors: true }).body).toEqual({ name: [arabic, 'Other.'] });
    expect(answerTo(new Refusal('not_found'), at).body).toEqual(N('المورد المطلوب غير موجود.'));
    const away = new Refusal('conflict', { message: 'The charger is not connected.' });
    const both = A0('The charger is not connected.', 'الشاحن غير متصل.');
    expect(answerTo(away, at).body).toEqual(both);
    expect(answerTo(away, { ...at, language: 'en' }).body).toEqual(both);
  });
});
