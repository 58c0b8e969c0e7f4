import { type Owned, RlsTables } from '@open-cpo/persistence';

/** Row-level security for requests of exports. */
export class ExportsRls1795973000003 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = { export_requests: { column: 'account_id' } };
}
