import type { RouteOptions } from '../route';

/** Kinds of requests that have a bound of their own, so that none of them can take the place of the others. */
export type RouteClass = 'reads' | 'writes' | 'logins' | 'exports';

type Declared = Pick<RouteOptions, 'calls' | 'can' | 'envelope'>;

/** What strangers may write is what hashes passwords and sends mails; files are made and carried, which takes long. */
export function classOf({ calls, can, envelope }: Declared): RouteClass {
  if (envelope?.letter === 'X') return 'exports';
  if (calls.kind !== 'write') return 'reads';
  return can === 'public' ? 'logins' : 'writes';
}
