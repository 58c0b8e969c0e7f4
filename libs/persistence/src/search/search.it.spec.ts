import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import fc from 'fast-check';
import { migrate } from '../index';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('search');
  await migrate({ name: 'search', url: database.ownerUrl });
});
afterAll(() => database?.drop());

const fold = async (...texts: string[]): Promise<string[]> => {
  const text = 'select search_fold(t) as folded from unnest($1::text[]) with ordinality u (t, n) order by n';
  return (await database.query<{ folded: string }>(text, [texts])).map(({ folded }) => folded);
};
/** Characters below U+10000: beyond, Node.js may know normal forms of a newer Unicode than PostgreSQL does. */
const unit = fc
  .integer({ min: 1, max: 0xffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));
const anyText = fc.string({ unit });
const NBSP = '\u00A0';

describe('a folded text', () => {
  it.each([
    ['alef with hamza above', 'أحمد', 'احمد'],
    ['alef with hamza below', 'إدارة', 'اداره'],
    ['alef with madda', 'آسفي', 'اسفي'],
    ['alef wasla', 'ٱلوادي', 'الوادي'],
    ['hamza on waw', 'مؤسسة', 'موسسة'],
    ['hamza on yeh', 'مائي', 'مايي'],
    ['hamza alone', 'سماء', 'سما'],
    ['teh marbuta', 'مزرعة', 'مزرعه'],
    ['alef maksura', 'الدوري', 'الدورى'],
    ['vowel marks', 'مَحَطّة', 'محطة'],
    ['tatweel', 'محطــــة', 'محطة'],
    ['presentation forms', 'ﻣﺤﻄﺔ', 'محطة'],
    ['presentation forms of vowel marks', 'مﹶحطة', 'محطة'],
    ['a ligature', 'ﻻ', 'لا'],
    ['Persian kaf and yeh', 'کرمانی', 'كرماني'],
    ['Urdu heh', 'ہمدرد', 'همدرد'],
    ['Arabic digits', 'محطة ١٢', 'محطة 12'],
    ['Persian digits', '۰۱۲۳۴۵۶۷۸۹', '0123456789'],
    ['an Arabic percent sign', '١٠٠٪', '100%'],
    ['composed and decomposed accents', 'café', 'cafe\u0301'],
    ['no accents', 'Forêt', 'foret'],
    ['several accents in another order', 'q\u0307\u0323', 'q\u0323\u0307'],
    ['Greek with a final sigma', 'σίσυφος', 'ΣΊΣΥΦΟΣ'],
    ['Cyrillic', 'ЁЛКА', 'елка'],
    ['Hangul in letters', '각', '\u1100\u1161\u11A8'],
    ['kana of half width', 'ガ', 'ｶﾞ'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['capitals', 'ÉCOLE', 'école'],
    ['Turkish capitals with a dot', 'İZMİR', 'izmir'],
    ['Turkish small letters without one', 'ısparta', 'ISPARTA'],
    ['a sharp s', 'Straße', 'STRASSE'],
    ['French ligatures', 'Cœur et æquo', 'COEUR ET AEQUO'],
    ['ligatures of print', 'ﬁnal', 'final'],
    ['full width', 'ＡＢＣ１２', 'abc12'],
    ['superscripts and numerals', 'm² Ⅳ', 'm2 iv'],
    ['typographic apostrophes and dashes', 'l’été – fin', "l'ete - fin"],
    ['direction marks', '\u200Fa\u202Bb\u2067c\u2069\u061C', 'abc'],
    ['zero width', 'a\u200Bb\u200Cc\u200Dd\u2060e\uFEFF', 'abcde'],
    ['soft hyphens', 'so\u00ADft', 'soft'],
    ['variation selectors', '⚡\uFE0F', '⚡'],
    ['blanks of any kind', `a${NBSP}b\u2003\u2009c\u3000d\te\r\nf\u2028g`, 'a b c d e f g'],
    ['blanks around', `\u200F ${NBSP}abc\u2003`, 'abc'],
  ])('is the same for %s', async (_, one, other) => {
    const [first, second] = await fold(one, other);
    expect(first).toBe(second);
    expect(first).not.toBe('');
  });

  it.each([
    ['سوق', 'سرق'],
    ['حمد', 'خمد'],
    ['12', '21'],
    ['ab', 'a b'],
    ['か', 'き'],
    ['कि', 'क'],
    ['a-b', 'ab'],
    ['a_b', 'a%b'],
  ])('is another for %s than for %s', async (one, other) => {
    const [first, second] = await fold(one, other);
    expect(first).not.toBe(second);
  });

  it('is folded no further, and the same for both normal forms, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 200 }), async (texts) => {
        const once = await fold(...texts);
        expect(await fold(...once)).toEqual(once);
        expect(await fold(...texts.map((text) => text.normalize('NFD')))).toEqual(once);
        expect(await fold(...texts.map((text) => text.normalize('NFC')))).toEqual(once);
      }),
      { numRuns: 20 },
    );
  });

  it('is what a planner may work out beforehand, and nothing for nothing', async () => {
    const [row] = await database.query(`select search_fold(null) as fold, search_pattern(null, true) as pattern,
      (select array_agg(provolatile::text || proparallel::text) from pg_proc where proname in ('search_fold', 'search_pattern')) as kinds`);
    expect(row).toEqual({ fold: null, pattern: null, kinds: ['is', 'is'] });
  });
});

describe('a pattern', () => {
  it.each([
    ['50%', true, String.raw`%50\%%`],
    ['a_b', true, String.raw`%a\_b%`],
    [String.raw`a\b`, false, String.raw`%a\\b%`],
    ['％', true, String.raw`%\%%`],
    ['٪', true, String.raw`%\%%`],
    ['١٢', true, '%12%'],
    ['١٢', false, '% 12%'],
    ['مـَـح', false, '% مح%'],
    ['ﷺ', false, '%صلي الله عليه وسلم%'],
    ['\u200F', true, '%%'],
  ])('for %s in the middle (%s) is %s', async (search, middle, expected) => {
    expect(await database.query('select search_pattern($1, $2) as made', [search, middle])).toEqual([
      { made: expected },
    ]);
  });

  it('finds a text by itself and by each folded part of it, and by nothing else', async () => {
    const found = `select search_fold(t) like search_pattern(p, true) as found, strpos(search_fold(t), search_fold(p)) > 0 as has
      from unnest($1::text[], $2::text[]) u (t, p)`;
    const parts = fc.tuple(anyText, fc.oneof(anyText, fc.constantFrom('%', '_', '\\', '%%', '_%', 'a\\')));
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 200 }), async (pairs) => {
        const whole = pairs.map(([text]) => text);
        const rows = await database.query<{ found: boolean; has: boolean }>(found, [
          whole,
          pairs.map(([, part]) => part),
        ]);
        for (const { found: like, has } of rows) expect(like).toBe(has);
        const own = await database.query<{ found: boolean }>(found, [whole, whole]);
        expect(own.every((row) => row.found)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
