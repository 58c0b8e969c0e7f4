/** Most characters of a text that is converted; longer ones are no number and no code. */
const LENGTH_LIMIT = 1000;

const BEYOND_ASCII = /[^\x20-\x7e]/;
/** Format and other invisible characters: directional marks, zero-width blanks, soft hyphens, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const DIGIT = /\p{Nd}/u;
/** Full-width forms of ASCII, as East Asian keyboards send them. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
const BLANKS = /[\p{Zs}\p{Zl}\p{Zp}\t]/gu;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
/** The Arabic decimal separator. */
const DECIMAL = /\u066b/g;
/** The Arabic thousands separator, where it stands between thousands. */
const THOUSANDS = /(?<=\d)\u066c(?=\d{3}(?!\d))/g;

/** The values of decimal digits that were met: Unicode has some hundred. */
const digits = new Map<string, string>();

function digitOf(character: string): string {
  const known = digits.get(character);
  if (known !== undefined) return known;
  const digit = valueOf(character);
  digits.set(character, digit);
  return digit;
}

/** The value of a decimal digit: Unicode has them in runs that begin with a zero and are ten long, or several times ten. */
function valueOf(character: string): string {
  const code = character.codePointAt(0) as number;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** A text without invisible characters, which come along when one copies from a page, mostly one from right to left. */
export const withoutInvisible = (text: string): string =>
  BEYOND_ASCII.test(text) ? text.replace(INVISIBLE, '') : text;

/**
 * A number or a code as ASCII, whatever keyboard it was written with: digits of any script, full-width forms, blanks, dashes and
 * Arabic separators. Letters stay. A text that is ASCII already costs one test.
 */
export function asAscii(text: string): string {
  if (!BEYOND_ASCII.test(text) || text.length > LENGTH_LIMIT) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(/\p{Nd}/gu, digitOf)
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(BLANKS, ' ')
    .replace(DASHES, '-')
    .replace(DECIMAL, '.')
    .replace(THOUSANDS, '');
}

/** What came for a number or a code: trimmed, in ASCII; an empty text is none. */
export const plain = (raw: unknown): unknown => (typeof raw === 'string' ? asAscii(raw).trim() || null : raw);
