// eslint-disable-next-line @nx/enforce-module-boundaries -- compared with the gateway's own routes
import { declaredRoutes, isSafe, pathOf } from '../../apps/gateway/src';
import { writes } from './router';

describe('requests that a frozen account is refused', () => {
  it('are all that may write, of every declared route', () => {
    const routes = declaredRoutes();
    expect(routes.length).toBeGreaterThan(100);
    for (const route of routes) {
      const path = pathOf(route).replace(/:\w+/g, '7');
      expect([route.method, path, writes(route.method, `${path}?a=b`)]).toEqual([route.method, path, !isSafe(route)]);
    }
  });
});
