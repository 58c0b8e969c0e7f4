/** A text in which LIKE's wildcards stand for themselves. */
export const literal = (text: string): string => text.replace(/[\\%_]/g, String.raw`\$&`);

/** Characters below which a trigram index cannot help. */
const TRIGRAM = 3;

/** How one or two characters are searched: anywhere, or at the beginning, which an index can answer. */
export type ShortSearch = 'anywhere' | 'prefix';

/**
 * The pattern for `lower(column) like lower($n)`: case falls in the database, on both sides by the same rules. Three
 * characters and more are answered by a trigram index over `lower(column)`.
 */
export function patternOf(search: string, short: ShortSearch): string {
  const anywhere = short === 'anywhere' || [...search].length >= TRIGRAM;
  return `${anywhere ? '%' : ''}${literal(search)}%`;
}

/** The condition that any of the columns matches the parameter. */
export const matches = (columns: readonly string[], parameter: string): string =>
  `(${columns.map((column) => `lower(${column}) like lower(${parameter})`).join(' or ')})`;

/** The same in a form that no index answers: for the few rows of an account, which are found by that. */
export const matchesAmongFew = (columns: readonly string[], parameter: string): string =>
  matches(
    columns.map((column) => `${column} || ''`),
    parameter,
  );
