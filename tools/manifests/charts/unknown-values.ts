type Values = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps merged key by key, everything else replaced, as Helm does it. */
export function merged(below: object, above: object): Values {
  const both = Object.entries(above).map(([key, value]: [string, unknown]): [string, unknown] => {
    const old = (below as Values)[key];
    return [key, isMap(old) && isMap(value) ? merged(old, value) : value];
  });
  return { ...below, ...Object.fromEntries(both) };
}

/**
 * Keys of values that a chart's defaults do not have: Helm passes over them without a word. A default that is an empty map or
 * absent takes everything.
 */
export function unknownValues(given: Values, defaults: Values, path: readonly string[] = []): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const place = [...path, key];
    if (!Object.hasOwn(defaults, key)) return [place.join('.')];
    const known = defaults[key];
    const open = !isMap(known) || Object.keys(known).length === 0;
    return open || !isMap(value) ? [] : unknownValues(value, known, place);
  });
}

/** `a.b=1,c=2` of `--set`: the keys, without the values. */
export function setValues(text: string): Values {
  const keys = text.split(/(?<!\\),/).map((part) => part.split('=', 1)[0] ?? '');
  return keys.map((key) => nested(key.split(/(?<!\\)\./))).reduce(merged, {});
}

const nested = ([key = '', ...rest]: readonly string[]): Values => ({ [key]: rest.length > 0 ? nested(rest) : true });
