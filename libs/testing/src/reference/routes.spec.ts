import { OPERATIONS } from './operations';
import { liveCount, liveOperations, matchRoute, operationOf, pathOf } from './routes';

describe('pathOf', () => {
  it('fills in the parameters', () => {
    expect(pathOf(operationOf(43), { id: 10 })).toBe('/api/charge-points/10');
    expect(pathOf(operationOf(16), { type: 'charging-site' })).toBe('/api/categories/charging-site/datatable');
    expect(pathOf(operationOf(51), { charge_point_id: '7', unused: 1 })).toBe(
      '/api/charge-points/7/charge-point-prices',
    );
    expect(pathOf(operationOf(8))).toBe('/api/user');
  });

  it('encodes what a path cannot carry', () => {
    expect(pathOf(operationOf(17), { type: 'a/b?c' })).toBe('/api/categories/a%2Fb%3Fc');
  });

  it('says which parameter it misses', () => {
    expect(() => pathOf(operationOf(68), { id: 1 })).toThrow('needs {worker_id}');
  });
});

describe('matchRoute', () => {
  it.each([
    ['GET', '/api/categories/charging-site', 17],
    ['GET', '/api/categories/12', 19],
    ['GET', '/api/categories/99999999999', 19],
    ['GET', '/api/categories/0x1F', 17],
    ['GET', '/api/categories/1e3', 17],
    ['GET', '/api/categories/-1', 17],
    ['GET', '/api/categories/12/datatable', 16],
    ['PUT', '/api/categories/charging-site', 20],
    ['PATCH', '/api/categories/12', 20],
    ['DELETE', '/api/categories/12', 21],
    ['GET', '/api/charge-points', 38],
    ['GET', '/api/charge-points/datatable', 39],
    ['GET', '/api/charge-points/sustainability', 40],
    ['GET', '/api/charge-points/geojson', 41],
    ['GET', '/api/charge-points/export', 42],
    ['GET', '/api/charge-points/10', 43],
    ['GET', '/api/charge-points/ten', 43],
    ['DELETE', '/api/charge-points/export', 49],
    ['GET', '/api/charge-points/8/geojson', 46],
    ['PUT', '/api/charge-points/10', 48],
    ['PATCH', '/api/charge-points/10', 48],
    ['GET', '/api/orders/export', 28],
    ['GET', '/api/orders/12', 29],
    ['GET', '/api/orders/charge-point/5', 30],
    ['GET', '/api/orders/charge-point', 29],
    ['GET', '/api/feedback/export', 23],
    ['GET', '/api/feedback/139', 24],
    ['GET', '/api/payout-methods/available', 32],
    ['get', '/api/workers/1/reset-balance?x=/api/user', 68],
  ])('sends %s %s to #%s', (method, path, number) => {
    expect(matchRoute(method, path)?.number).toBe(number);
  });

  it.each([
    ['POST', '/api/user'],
    ['PATCH', '/api/workers'],
    ['GET', '/api/nothing'],
    ['GET', '/api/charge-points/1/2/3'],
    ['GET', '/'],
    ['HEAD', '/api/user'],
  ])('knows no %s %s', (method, path) => {
    expect(matchRoute(method, path)).toBeUndefined();
  });
});

describe('operationOf', () => {
  it('finds by number and refuses what is not there', () => {
    expect(operationOf(73).path).toBe('/api/workers/{id}');
    expect(() => operationOf(74)).toThrow('There is no operation 74');
  });
});

describe('liveCount', () => {
  const all = OPERATIONS.flatMap(({ methods, path }) => methods.map((method) => ({ method, path })));

  it('counts all 73 when all is routed, in either style of parameters', () => {
    expect(liveCount(all)).toBe(73);
    expect(liveCount(all.map(({ method, path }) => ({ method, path: path.replace(/\{(\w+)\}/g, ':$1') })))).toBe(73);
  });

  it('counts nothing of nothing, nor of what the reference does not have', () => {
    expect(liveCount([])).toBe(0);
    expect(liveCount([{ method: 'GET', path: '/health/live' }])).toBe(0);
  });

  it('lets one route serve both the list and the one of categories', () => {
    const { live } = liveOperations([{ method: 'GET', path: '/api/categories/:typeOrId' }]);
    expect(live.map(({ number }) => number)).toEqual([17, 19]);
  });

  it('asks for both methods where the reference has two', () => {
    const put = { method: 'put', path: '/api/workers/:id' };
    expect(liveCount([put])).toBe(0);
    expect(liveCount([put, { ...put, method: 'patch' }])).toBe(1);
    expect(liveOperations([put]).missing).toHaveLength(73);
  });
});
