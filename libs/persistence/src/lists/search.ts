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

const anyOf = (columns: readonly string[], pattern: string): string =>
  `(${columns.map((column) => `lower(${column}) like ${pattern}`).join(' or ')})`;

/** The condition that any of the columns matches the parameter. */
export const matches = (columns: readonly string[], parameter: string): string => anyOf(columns, `lower(${parameter})`);

/**
 * The same in a form that no index answers: for the few rows of an account, which are found by that. The parameter
 * falls in case once, not for each row, which a plan for any parameter would do.
 */
export const matchesAmongFew = (columns: readonly string[], parameter: string): string =>
  anyOf(
    columns.map((column) => `${column} || ''`),
    `(select lower(${parameter}))`,
  );
