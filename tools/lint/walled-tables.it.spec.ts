/* eslint-disable @nx/enforce-module-boundaries -- the tables of every service at once, each as its own migrations make them */
import { migrate, type PersistenceOptions } from '@open-cpo/persistence';
import { testDatabase } from '@open-cpo/testing';
import { persistence } from '../../apps/auth/src/data-source';
import { database as notifications } from '../../apps/notifications/src/data-source';
import { database as orders } from '../../apps/orders/src/data-source';
import { database as payouts } from '../../apps/payouts/src/data-source';
import { database as stations } from '../../apps/stations/src/data-source';
import { database as workforce } from '../../apps/workforce/src/data-source';

const SERVICES: Readonly<Record<string, (url: string) => PersistenceOptions>> = {
  auth: (url) => persistence({ databaseUrl: url } as Parameters<typeof persistence>[0]),
  notifications,
  orders,
  payouts,
  stations,
  workforce,
};

/** Shown to nobody through the API. */
const OPEN = ['audit_log'];

describe.each(Object.entries(SERVICES))('the tables of %s', (name, optionsOf) => {
  it('that say whose a row is are behind the wall', async () => {
    const db = await testDatabase(`wall_${name}`);
    try {
      await migrate(optionsOf(db.url));
      const open = await db.query<{ name: string }>(
        `select t.relname as name from pg_class t join pg_attribute c on c.attrelid = t.oid
         where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and not t.relrowsecurity
           and c.attname in ('account_id', 'owner_id') order by 1`,
      );
      expect(open.map((table) => table.name)).toEqual(OPEN);
      const [{ policies } = { policies: 0 }] = await db.query<{ policies: number }>(
        `select count(*)::int as policies from pg_policies where roles = array[current_user || '_callers']::name[]`,
      );
      expect(policies).toBeGreaterThan(1);
    } finally {
      await db.drop();
    }
  });
});
