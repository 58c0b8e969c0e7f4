/** What `JSON.parse` gives to a reviver beside key and value. */
interface Source {
  readonly source?: string;
}

/** Digits of the smallest whole number beyond the safe range; a reviver costs several times as much as parsing. */
const LARGE = /\d{16}/;

/**
 * Parses JSON with whole numbers beyond the safe range as texts: some chargers send ids such as 9223372036854775807, which
 * a double would change.
 * @throws SyntaxError for invalid JSON, RangeError for one that is nested too deeply
 */
export function parseJson(text: string): unknown {
  const reviver = (_key: string, value: unknown, context?: Source): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  return JSON.parse(text, LARGE.test(text) ? reviver : undefined) as unknown;
}

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
