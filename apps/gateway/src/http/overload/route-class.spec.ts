import { declaredRoutes } from '../route';
import '../../app.module';
import { classOf } from './route-class';

const classes = (): Record<string, string> =>
  Object.fromEntries(declaredRoutes().map((route) => [`${route.method} ${route.calls.subject}`, classOf(route)]));

describe('the class of a route', () => {
  it.each([
    ['GET stations.categories.all', 'reads'],
    ['GET orders.orders.table', 'reads'],
    ['POST stations.categories.create', 'writes'],
    ['POST auth.accounts.login', 'logins'],
    ['POST auth.accounts.register', 'logins'],
    ['POST auth.accounts.resetPassword', 'logins'],
    ['GET stations.power-centers-exports.start', 'exports'],
  ])('of %s is %s', (route, expected) => {
    const found = classes()[route];
    expect(found).toBe(expected);
  });

  it('is one of four for every route there is', () => {
    expect(new Set(Object.values(classes()))).toEqual(new Set(['reads', 'writes', 'logins', 'exports']));
  });
});
