import { inScope, may, type Permission, PERMISSIONS, permissionsOf, ROLES } from '../index';

/** Who may do what, module by module: o(wner), a(dmin), m(anager), v(iewer). */
const MATRIX: Record<string, Record<string, string>> = {
  'power-centers': { view: 'oamv', create: 'oam', update: 'oam', delete: 'oa', export: 'oam' },
  chargers: { view: 'oamv', control: 'oam', update: 'oam' },
  prices: { view: 'oamv', create: 'oam', update: 'oam', delete: 'oa' },
  groups: { view: 'oamv', create: 'oam', update: 'oam', delete: 'oa' },
  sites: { view: 'oamv', create: 'oam', update: 'oam', delete: 'oa' },
  categories: { view: 'oamv', create: 'oam', update: 'oam', delete: 'oa' },
  workers: { view: 'oamv', create: 'oam', update: 'oam', delete: 'oa' },
  orders: { view: 'oamv', export: 'oam' },
  feedback: { view: 'oamv', export: 'oam' },
  stats: { view: 'oamv' },
  balance: { view: 'oamv' },
  'payout-methods': { view: 'oamv', create: 'o', update: 'o', delete: 'o' },
  payouts: { view: 'oamv', create: 'o' },
  'api-keys': { view: 'oam', create: 'oa', update: 'oa', delete: 'oa' },
  members: { view: 'oam', create: 'oa', update: 'oa', delete: 'oa' },
  webhooks: { view: 'oam', create: 'oa', update: 'oa', delete: 'oa' },
  account: { update: 'o' },
  audit: { view: 'oa' },
};
const cells = Object.entries(MATRIX).flatMap(([module, actions]) =>
  Object.entries(actions).map(([action, roles]): [Permission, string] => [`${module}.${action}` as Permission, roles]),
);

describe('permissions', () => {
  it('are those of the matrix and no others', () => {
    expect([...PERMISSIONS].sort()).toEqual(cells.map(([permission]) => permission).sort());
  });

  it.each(cells)('%s is for %s', (permission, roles) => {
    expect(ROLES.filter((role) => may(role, permission)).map((role) => role[0])).toEqual([...roles]);
  });

  it.each(ROLES)('of a(n) %s can be listed', (role) => {
    expect(permissionsOf(role)).toEqual(PERMISSIONS.filter((permission) => may(role, permission)));
  });

  it('do not include what is none', () => {
    expect(may('owner', 'orders.delete' as Permission)).toBe(false);
  });
});

describe('the scope of an API key', () => {
  it.each<[readonly string[] | null, Permission, boolean]>([
    [null, 'orders.export', true],
    [[], 'orders.export', true],
    [['view'], 'orders.view', true],
    [['view'], 'orders.export', false],
    [['orders'], 'orders.export', true],
    [['orders'], 'members.view', false],
    [['view', 'orders'], 'orders.view', true],
    [['view', 'orders'], 'orders.export', false],
    [['view', 'orders'], 'members.view', false],
  ])('%j covers %s: %s', (scope, permission, covered) => {
    expect(inScope(scope, permission)).toBe(covered);
  });
});
