import { PATH_METADATA } from '@nestjs/common/constants';
import { isSafe, type Route } from '../route';

/** Full path of a route, parameters as `:name`. */
export function pathOf({ controller, path }: Pick<Route, 'controller' | 'path'>): string {
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  return `/${[base, path].filter((part) => part !== '' && part !== '/').join('/')}`;
}

/** A longer path leads to no route; it is not taken apart. */
const LONGEST_PATH = 1000;

const matches = (wanted: readonly string[], given: readonly string[]): boolean =>
  wanted.length === given.length &&
  wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]));

/** The methods that a path answers to; none when there is no such path. */
export function allowedMethods(routes: readonly Route[], url: string): string[] {
  const path = (url.split('?', 1)[0] ?? '').replace(/(.)\/$/, '$1');
  if (path.length > LONGEST_PATH) return [];
  const given = path.split('/');
  const found = routes.filter((route) => matches(pathOf(route).split('/'), given));
  const methods = found.map(({ method }) => method as string);
  // A literal path is meant rather than one with a parameter.
  const reads = found.filter(({ method }) => method === 'GET');
  const meant = reads.find((route) => pathOf(route) === path) ?? reads[0];
  if (meant && isSafe(meant)) methods.push('HEAD');
  return [...new Set(methods)].sort();
}
