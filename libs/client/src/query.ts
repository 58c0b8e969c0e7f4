type Value = string | number | boolean | object | null | undefined;

/** A query in the form that the API reads: nested values as `sortBy[0][key]=title`. What is undefined is left out. */
export function queryOf(query: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  const add = (name: string, value: Value): void => {
    if (value === undefined) return;
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value) as [string, Value][]) add(`${name}[${key}]`, inner);
    } else pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`);
  };
  for (const [name, value] of Object.entries(query) as [string, Value][]) add(name, value);
  return pairs.join('&');
}
