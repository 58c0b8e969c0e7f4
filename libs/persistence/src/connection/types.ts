import { type CustomTypesConfig, types as standard } from 'pg';

const { builtins } = standard;

type Parser = (text: string) => unknown;

/**
 * A calendar day stays the text it is (a `Date` would move it into the process's zone) and a 64-bit integer is a number:
 * nothing we count comes near 2^53. `numeric` stays a text: it is money.
 */
const PARSERS: Record<number, Parser> = {
  [builtins.DATE]: (text) => text,
  [builtins.INT8]: Number,
};

const parserOf = (id: number, format?: 'text'): Parser => {
  const own = format === undefined || format === 'text' ? PARSERS[id] : undefined;
  return own ?? (standard.getTypeParser(id, format) as Parser);
};

/** How values of PostgreSQL become values of ours, the same on every connection. */
export const types: CustomTypesConfig = { getTypeParser: parserOf as CustomTypesConfig['getTypeParser'] };
