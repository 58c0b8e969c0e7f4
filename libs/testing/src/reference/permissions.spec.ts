import { PERMISSIONS, permissionsOf } from './permissions';

describe('permissionsOf', () => {
  it('gives an owner everything', () => {
    expect(permissionsOf('owner')).toEqual(PERMISSIONS);
  });

  it('keeps the account and the money from an admin', () => {
    const admin = permissionsOf('admin');
    expect(PERMISSIONS.filter((one) => !admin.includes(one))).toEqual([
      'payout-methods.create',
      'payout-methods.update',
      'payout-methods.delete',
      'payouts.create',
      'account.update',
    ]);
  });

  it('lets a manager run the power centers and delete nothing', () => {
    const manager = permissionsOf('manager');
    expect(manager).toEqual(
      expect.arrayContaining([
        'power-centers.create',
        'prices.update',
        'workers.update',
        'orders.export',
        'members.view',
      ]),
    );
    expect(manager.filter((one) => one.endsWith('.delete'))).toEqual([]);
    expect(manager).not.toContain('members.create');
    expect(manager).not.toContain('account.update');
    expect(manager).not.toContain('payouts.create');
  });

  it('lets a viewer look, but not at keys, members and webhooks', () => {
    const viewer = permissionsOf('viewer');
    expect(viewer.filter((one) => !one.endsWith('.view'))).toEqual([]);
    expect(viewer).toContain('payouts.view');
    expect(viewer).not.toContain('api-keys.view');
    expect(viewer).not.toContain('members.view');
    expect(viewer).not.toContain('webhooks.view');
    expect(viewer).not.toContain('orders.export');
  });

  it('names no permission twice', () => {
    expect(new Set(PERMISSIONS).size).toBe(PERMISSIONS.length);
  });
});
