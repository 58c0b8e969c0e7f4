import { type CustomTypesConfig, types as standard } from 'pg';

const { builtins } = standard;

/**
 * A calendar day stays the text it is (a `Date` would move it into the process's zone) and a 64-bit integer is a number:
 * nothing we count comes near 2^53. `numeric` stays a text: it is money.
 */
const PARSERS: Record<number, (text: string) => unknown> = {
  [builtins.DATE]: (text) => text,
  [builtins.INT8]: Number,
};

/** How values of PostgreSQL become values of ours, the same on every connection. */
export const types: CustomTypesConfig = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS[id]) ||
    standard.getTypeParser(id, format as 'text')) as typeof standard.getTypeParser,
};
