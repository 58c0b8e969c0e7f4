import { type Owned, RlsTables } from '@open-cpo/persistence';

/** Row-level security for remembered devices. */
export class KnownDevicesRls1795956445948 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    known_devices: { through: 'users', by: 'user_id' },
  };
}
