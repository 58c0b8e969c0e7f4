import { OPERATIONS } from './operations';
import type { OperationNumber, ReferenceOperation } from './operation';

/** An operation by its number, 1 to 73. Throws when there is none. */
export function operationOf(number: OperationNumber): ReferenceOperation {
  const found = OPERATIONS.find((operation) => operation.number === number);
  if (!found) throw new Error(`There is no operation ${number}`);
  return found;
}

const PARAMETER = /\{(\w+)\}/g;

/** The concrete path of an operation. Throws when a parameter of the path is not given. */
export function pathOf(
  { path }: Pick<ReferenceOperation, 'path'>,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return path.replace(PARAMETER, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs {${name}}`);
    return encodeURIComponent(value);
  });
}

const parts = (path: string) => path.split('/').filter((part) => part !== '');
const isParameter = (part: string) => part.startsWith('{');

const fits = (operation: ReferenceOperation, segments: readonly string[]) => {
  const wanted = parts(operation.path);
  return wanted.length === segments.length && wanted.every((part, at) => isParameter(part) || part === segments[at]);
};

/** Literal segments win from the left; a segment of digits is an id, any other a `{type}`, where both are routes. */
const rank = (operation: ReferenceOperation, segments: readonly string[]) =>
  parts(operation.path)
    .map((part, at) => {
      if (!isParameter(part)) return '0';
      const digits = /^\d+$/.test(segments[at] ?? '');
      return (part === '{type}') === digits ? '2' : '1';
    })
    .join('');

/** The operation that a request reaches, by method and concrete path (a query is ignored). */
export function matchRoute(method: string, path: string): ReferenceOperation | undefined {
  const segments = parts(path.split(/[?#]/)[0] ?? '');
  const [best] = OPERATIONS.filter(({ methods, alsoMethods }) =>
    [...methods, ...alsoMethods].some((one) => one === method.toUpperCase()),
  )
    .filter((operation) => fits(operation, segments))
    .map((operation) => ({ operation, rank: rank(operation, segments) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return best?.operation;
}

/** A route of the gateway, `:id` or `{id}` style. */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
}

/** How much of the reference is served. */
export interface Liveness {
  readonly live: readonly ReferenceOperation[];
  readonly missing: readonly ReferenceOperation[];
}

const key = (method: string, path: string) =>
  `${method.toUpperCase()} /${parts(path)
    .map((part) => (/^[:{]/.test(part) ? '{}' : part))
    .join('/')}`;

/** Which of the 73 operations the routes serve, with all of an operation's documented methods. */
export function liveOperations(routes: Iterable<DeclaredRoute>): Liveness {
  const served = new Set([...routes].map((route) => key(route.method, route.path)));
  const isLive = ({ methods, path }: ReferenceOperation) => methods.every((method) => served.has(key(method, path)));
  return { live: OPERATIONS.filter(isLive), missing: OPERATIONS.filter((operation) => !isLive(operation)) };
}

/** How many of the 73 operations the routes serve. */
export const liveCount = (routes: Iterable<DeclaredRoute>): number => liveOperations(routes).live.length;
