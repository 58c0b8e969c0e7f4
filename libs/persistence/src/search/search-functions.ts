import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Isolated forms of Arabic vowel marks, whose compatibility decomposition begins with a space. */
const ISOLATED_MARKS = 'ﱞﱟﱠﱡﱢﱣﹰﹲﹴﹶﹸﹺﹼﹾ';

/** A bracket expression of PostgreSQL's regular expressions: characters that are left out. */
const IGNORED = [
  // Combining diacritical marks: Latin, Greek, Cyrillic; their extensions, those for symbols, and half marks.
  '\\u0300-\\u036f\\u0483-\\u0487\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20f0\\ufe20-\\ufe2f',
  // Hebrew points and accents.
  '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7',
  // Arabic: vowel marks, hamza above, below, high and alone, tatweel, marks of the Quran.
  '\\u0610-\\u061a\\u0621\\u0640\\u064b-\\u065f\\u0670\\u0674\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed',
  '\\u0898-\\u089f\\u08ca-\\u08ff',
  // Invisible: soft hyphen, direction marks, joiners, fillers, variation selectors, tags, byte order mark.
  '\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff',
  '\\ufff9-\\ufffb\\U000e0000-\\U000e0fff',
].join('');

/** What is left of blanks and control characters once compatibility forms are gone. */
const BLANK = '\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2028\\u2029';

/** Letters, digits and signs that are written in more than one way, and the one that they are searched by. */
const SAME: readonly (readonly [string, string])[] = [
  ['ς', 'σ'],
  ['ıøłđ', 'iold'],
  // Alef wasla and wavy hamza; alef maksura and Farsi yeh; teh marbuta and the forms of heh; keheh and swash kaf.
  ['ٱٲٳ', 'ااا'],
  ['ىی', 'يي'],
  ['ةۃەہھ', 'ههههه'],
  ['کڪ', 'كك'],
  ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
  ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
  ['٪٫،؛؟', '%.,;?'],
  ['‘’“”', `''""`],
  ['‐–—−', '----'],
];
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const SAME_FROM = quoted(SAME.map(([from]) => from).join(''));
const SAME_TO = quoted(SAME.map(([, to]) => to).join(''));

const UP = [
  // A text in ASCII has case and blanks alone: most texts are, and cost a tenth of the others.
  `create function search_fold(value text) returns text language plpgsql immutable strict parallel safe as $$
  declare
    folded text := value;
  begin
    if octet_length(value) > length(value) then
      folded := normalize(translate(value, '${ISOLATED_MARKS}', ''), nfkd);
      folded := lower(regexp_replace(folded, '[${IGNORED}]+', '', 'g'));
      folded := translate(folded, ${SAME_FROM}, ${SAME_TO});
      folded := replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');
    else
      folded := lower(value);
    end if;
    return btrim(regexp_replace(folded, '[${BLANK}]+', ' ', 'g'));
  end $$`,

  // Folded before it is escaped: wide and small forms of the wildcards become wildcards by folding.
  `create function search_pattern(search text, middle boolean) returns text
    language plpgsql immutable strict parallel safe as $$
  declare
    folded text := public.search_fold(search);
  begin
    return case when middle or length(folded) > 2 then '%' else '% ' end
      || regexp_replace(folded, '([\\\\%_])', '\\\\\\1', 'g') || '%';
  end $$`,
];

/**
 * The one place that says which texts are the same to a search. `search_fold` is applied to rows when they are written
 * (`SearchedTables`) and to what is searched for. `search_pattern` makes the LIKE pattern: three characters and more
 * are found anywhere, fewer where `middle` says so and at the beginnings of words otherwise, which trigrams can answer.
 */
export class SearchFunctions1700000000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function search_pattern, search_fold');
  }
}
