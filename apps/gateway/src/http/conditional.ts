import type { Route } from './route';

/** Files have names of their own, events and empty answers none. */
const NAMELESS: readonly string[] = ['X', 'S', 'Z', 'A-bare'];

/** Whether its responses carry an `ETag` and a conditional request gets 304. */
export const isConditional = ({ method, changes, envelope }: Pick<Route, 'method' | 'changes' | 'envelope'>): boolean =>
  method === 'GET' && !changes && !(envelope && NAMELESS.includes(envelope.letter));
