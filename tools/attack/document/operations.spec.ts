import { resolve } from 'node:path';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the routes as they are declared: a tool may know apps
import '../../../apps/gateway/src/index';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as above
import { declaredRoutes, pathOf } from '../../../apps/gateway/src/http/route';
import { PERMISSIONS } from '@open-cpo/contracts';
import { kindOf, knownKinds } from '../environment/resources';
import { readDocument } from './operations';

const { operations } = readDocument(resolve(__dirname, '../../..'));
// Two routes may share a place in a path under different names.
const bare = (method: string, path: string): string => `${method} ${path.replace(/:\w+|\{\w+\}/g, '{}')}`;
const routes = new Set(declaredRoutes().map((route) => bare(route.method, pathOf(route))));

describe('the operations under attack', () => {
  it('are all that the gateway declares, and no others', () => {
    expect(operations.map(({ method, path }) => bare(method, path)).sort()).toEqual([...routes].sort());
  });

  it('name a permission each, a token, or nothing', () => {
    const known = new Set<string>([...PERMISSIONS, 'token', 'public']);
    expect(operations.filter(({ permission }) => !known.has(permission))).toEqual([]);
  });

  it('that are public are those by which people come in, and reference data', () => {
    const open = operations.filter(({ permission }) => permission === 'public');
    const others = open.filter(({ path }) => !path.startsWith('/api/v3/auth/'));
    expect(others.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /api/catalogue',
      'GET /api/catalogue/countries',
    ]);
  });

  it.each(operations.filter(({ path }) => path.includes('{')).map((operation) => [operation.id, operation] as const))(
    '%s is about a thing of which the attack can make one',
    (_id, operation) => {
      const names = operation.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(knownKinds).toContain(kindOf(operation, name));
    },
  );

  it('say what they answer', () => {
    const silent = operations.filter(({ answers }) => answers.size < 3 || !answers.has(401));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
