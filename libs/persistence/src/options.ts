import type { DataSourceOptions } from 'typeorm';

/** What a service says about its database. */
export interface PersistenceOptions {
  /** The service; shown by PostgreSQL as the name of its connections. */
  readonly name: string;
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections a process holds at most for reads and writes together. */
  readonly pool?: number;
  readonly entities?: DataSourceOptions['entities'];
  /** The service's own migration classes, in order; the tables of this library come before them by themselves. */
  readonly migrations?: readonly (new () => object)[];
}

/** Options of `PersistenceModule.forRoot`. */
export const PERSISTENCE_OPTIONS = Symbol('open-cpo:persistence-options');
