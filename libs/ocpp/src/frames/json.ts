/** Digits of the smallest whole number beyond the safe range. */
const LARGE = /\d{16}/;
const LARGE_DIGITS = 16;
const WHOLE = /^-?[1-9]\d*$/;
/** Characters of a message that is parsed as it is: what is nested deeply in a longer one takes long to parse. */
const SHORT = 10_000;
/** Arrays and objects in each other in a longer one; messages of the protocol have less than ten. */
const DEEPEST = 100;

const [QUOTE, BACKSLASH, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2d, 0x30, 0x39];
/** What brackets and braces add to the depth. */
const STEPS: Readonly<Record<number, number>> = { 0x5b: 1, 0x7b: 1, 0x5d: -1, 0x7d: -1 };
/** What a number is written with. */
const IN_NUMBER = new Set([...'+-.0123456789Ee'].map((one) => one.charCodeAt(0)));

/**
 * Parses JSON with whole numbers beyond the safe range as texts: some chargers send ids such as 9223372036854775807, which
 * a double would change.
 * @throws SyntaxError for invalid JSON, RangeError for a long one that is nested too deeply
 */
export const parseJson = (text: string): unknown =>
  JSON.parse(text.length > SHORT || LARGE.test(text) ? withLargeAsTexts(text) : text) as unknown;

/** In one pass over the text: a reviver of `JSON.parse` costs twenty times as much as parsing. */
function withLargeAsTexts(text: string): string {
  let [written, from, depth] = ['', 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, at);
      if (end - at >= LARGE_DIGITS && isLarge(text.slice(at, end))) {
        written += `${text.slice(from, at)}"${text.slice(at, end)}"`;
        from = end;
      }
      at = end - 1;
    } else if (code === QUOTE) at = endOfText(text, at);
    else depth += STEPS[code] ?? 0;
    if (depth > DEEPEST && text.length > SHORT) throw new RangeError('The message is nested too deeply.');
  }
  return written + text.slice(from);
}

/** The place of the quote that ends the text which begins at a place, or of the end of all. */
function endOfText(text: string, begin: number): number {
  let at = begin + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) break;
    if (code === BACKSLASH) at += 1;
  }
  return at;
}

function endOfNumber(text: string, begin: number): number {
  let at = begin + 1;
  while (IN_NUMBER.has(text.charCodeAt(at))) at += 1;
  return at;
}

const isLarge = (number: string): boolean => WHOLE.test(number) && !Number.isSafeInteger(Number(number));

/** A string, also one that does not end; a number that JSON does not have; a comma after the last element. */
const MISTAKES = /"(?:[^"\\]|\\[\s\S]?)*"?|-?\b(?:nan|inf(?:inity)?)\b|,(?=\s*[}\]])/gi;
const CONTROL = /[\u0000-\u001f]/g;

/**
 * Repairs what programs that write JSON by hand get wrong: numbers such as `nan` become null, commas after the last element go,
 * and control characters in texts become spaces. Answers the same text where there is nothing of it.
 */
export const repairedJson = (text: string): string =>
  text.replace(MISTAKES, (found) => {
    if (found.startsWith('"')) return found.replace(CONTROL, ' ');
    return found === ',' ? '' : 'null';
  });
