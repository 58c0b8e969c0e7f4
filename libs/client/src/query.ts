/** A query in the form that the API reads: nested values as `sortBy[0][key]=title`. What is undefined is left out. */
export function queryOf(query: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  const add = (name: string, value: unknown): void => {
    if (value === undefined) return;
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
    } else
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value === null ? '' : String(value as string))}`);
  };
  for (const [name, value] of Object.entries(query)) add(name, value);
  return pairs.join('&');
}
