import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uses } from '../broker/uses';
import { apps, operator, presentApps } from './apps';
import { brokerUsers } from './broker/users';

describe('the list of apps', () => {
  it('starts the gateway last, when there is something behind it', () => {
    expect(apps.at(-1)?.name).toBe('gateway');
  });

  it('gives a database to services only', () => {
    const without = apps.filter((app) => !app.database).map((app) => app.name);
    expect(without).toEqual(['worker', 'gateway']);
    expect(operator.database).toBe(false);
  });

  it('lets nobody do everything at the broker', () => {
    const free = brokerUsers(uses).filter(({ publish, subscribe }) =>
      [...publish, ...subscribe].some((one) => /^[>*]/.test(one)),
    );
    expect(free).toEqual([]);
  });

  it('leaves out apps that the checkout does not have', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'apps-'));
    mkdirSync(join(checkout, 'apps/stations/src'), { recursive: true });
    writeFileSync(join(checkout, 'apps/stations/src/main.ts'), '');
    mkdirSync(join(checkout, 'apps/orders/src'), { recursive: true });
    expect(presentApps(checkout).map((app) => app.name)).toEqual(['stations']);
    rmSync(checkout, { recursive: true });
  });
});
