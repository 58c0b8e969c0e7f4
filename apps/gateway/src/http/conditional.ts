import type { Route } from './route';

/** Files have names of their own, events and empty answers none. */
const NAMELESS: readonly string[] = ['X', 'S', 'Z', 'A-bare'];

/** Whether its answers carry an `ETag`, and who has one already is told so. */
export const isConditional = ({ method, changes, envelope }: Pick<Route, 'method' | 'changes' | 'envelope'>): boolean =>
  method === 'GET' && !changes && !(envelope && NAMELESS.includes(envelope.letter));
