/** What `JSON.parse` gives to a reviver beside key and value. */
interface Source {
  readonly source?: string;
}

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
  return JSON.parse(text, reviver) as unknown;
}
