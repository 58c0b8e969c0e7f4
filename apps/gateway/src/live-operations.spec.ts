import { writeSync } from 'node:fs';
import { reference } from '@open-cpo/testing';
import committed from '../live-operations.json';
import { declaredRoutes, pathOf, type Route } from './http/route';
import './index';

const routes = declaredRoutes().map((route) => ({ ...route, path: pathOf(route) }));
const { live, missing } = reference.liveOperations(routes);
const count = `${live.length} of ${reference.OPERATIONS.length} operations live`;

/** Ours, by the request that reaches it. */
const key = (method: string, path: string): string => `${method} ${path.replace(/[:{](\w+)}?/g, '{}')}`;
const ours = new Map(routes.map((route) => [key(route.method, route.path), route]));
const named = live.map((operation): [string, reference.ReferenceOperation] => [
  `#${operation.number} ${operation.title}`,
  operation,
]);

const routesOf = ({ methods, path }: reference.ReferenceOperation): Route[] =>
  methods.flatMap((method) => ours.get(key(method, path)) ?? []);

const lists = (route: Route): boolean =>
  route.calls.kind === 'stream' || ['list', 'strings'].includes(route.calls.answer.form);

const LETTERS: Record<string, string> = { one: 'A-object', page: 'A-page', value: 'A-number', nothing: 'A-bare' };

/** The letter of the reference that a route's envelope gives to its answer. */
function letterOf(route: Route): string {
  const letter = route.envelope?.letter ?? (pathOf(route).startsWith('/api/v3') ? 'V' : 'A');
  if (letter === 'R') return lists(route) ? 'L' : 'R';
  if (letter !== 'A') return letter;
  // What the gateway puts together itself, whatever the operation answers that it calls.
  if (route.shows) return 'A-object';
  if (lists(route)) return route.rows === 'page' ? 'A-page' : 'A-list';
  return LETTERS[route.calls.answer.form] ?? '';
}

it(`${count}, and never fewer`, () => {
  writeSync(1, `${count}; missing: ${missing.map(({ number }) => `#${number}`).join(' ') || 'none'}\n`);
  // Raise the number in live-operations.json with the operations that are added.
  expect(live.length).toBeGreaterThanOrEqual(committed.live);
});

describe.each(named)('%s', (_name, operation) => {
  it('needs the permission of the reference, or only a token, or nothing', () => {
    const wanted = operation.permission ?? (operation.auth ? 'token' : 'public');
    expect(routesOf(operation).map(({ can }) => can)).toEqual(operation.methods.map(() => wanted));
  });

  it('has the envelope of the reference', () => {
    const letters = operation.answers.map(({ letter }) => letter);
    // Digits after /api/categories lead to another operation by the same URL.
    if (routesOf(operation).some(({ orCalls }) => orCalls)) return expect(letters[0]).toMatch(/^A-/);
    for (const route of routesOf(operation)) expect(letters).toContain(letterOf(route));
  });
});

/** Beyond the published API: the document is their declaration, and real responses are compared with it (`e2e/answers`). */
describe('an additional operation', () => {
  const additional = routes.filter(({ method, path, changes }) => {
    const concrete = path.replace(':type', 'a').replace(/:\w+/g, '1');
    // A GET that changes something may be asked for by POST as well.
    return !reference.matchRoute(changes ? 'GET' : method, concrete);
  });
  const namesOf = (holds: (route: Route) => boolean): string[] =>
    additional.filter(holds).map(({ method, path }) => `${method} ${path}`);

  it('is open to everybody only as listed here', () => {
    expect(namesOf(({ can }) => can === 'public').sort()).toEqual([
      'GET /api/catalogue',
      'GET /api/catalogue/countries',
      'POST /api/v3/auth/invitations/accept',
      'POST /api/v3/auth/invitations/decline',
      'POST /api/v3/auth/passkeys/login',
      'POST /api/v3/auth/passkeys/options',
      'POST /api/v3/auth/register',
    ]);
  });

  it('needs no permission only for what is the own user’s, or judged by its service', () => {
    const own = /^\/api\/(user|invitations|exports|imports|events|members\/me|v3\/auth\/refresh)(\/|$)/;
    expect(namesOf(({ can, path }) => can === 'token' && !own.test(path))).toEqual([]);
  });

  it('needs more than a permission to view where it changes something', () => {
    expect(namesOf(({ can, method }) => method !== 'GET' && can.endsWith('.view'))).toEqual([]);
  });
});
