import { type Owned, WalledTables } from '@open-cpo/persistence';

/** Row-level security for remembered devices. */
export class KnownDevicesRls1795956445948 extends WalledTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    known_devices: { through: 'users', by: 'user_id' },
  };
}
