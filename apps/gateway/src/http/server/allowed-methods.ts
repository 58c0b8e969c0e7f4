import { PATH_METADATA } from '@nestjs/common/constants';
import type { Route } from '../route';

/** Full path of a route, parameters as `:name`. */
export function pathOf({ controller, path }: Pick<Route, 'controller' | 'path'>): string {
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  return `/${[base, path].filter((part) => part !== '' && part !== '/').join('/')}`;
}

const matches = (pattern: string, path: string): boolean => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (part.startsWith(':') ? given[i] !== '' : part === given[i]))
  );
};

/** The methods that a path answers to; none when there is no such path. */
export function allowedMethods(routes: readonly Route[], url: string): string[] {
  const path = (url.split('?')[0] ?? '').replace(/(.)\/$/, '$1');
  const methods = routes.filter((route) => matches(pathOf(route), path)).map(({ method }) => method as string);
  if (methods.includes('GET')) methods.push('HEAD');
  return [...new Set(methods)].sort();
}
