/** No statement is written for fewer rows than these. */
const LEAST = 64;

/**
 * The least power of two that `rows` fit in, to be written into a statement as its inner limit. To the planner, a limit
 * that is a parameter is a tenth of the table: it would plan each execution again, for longer than the rows take. A
 * power of two, since each bound is a statement of its own that connections remember.
 */
export const boundOf = (rows: number): number => 2 ** Math.ceil(Math.log2(Math.max(LEAST, rows)));
