import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { environment, Log } from '@open-cpo/platform';
import { Pool } from 'pg';
import { PERSISTENCE_OPTIONS, type PersistenceOptions } from '../options';
import { StreamLeases } from '../transactions/stream-leases';
import { prepareRls } from './prepared';
import { readPool, streamPool, STREAMS, userOf } from './settings';
import { traceQueries } from './traced-queries';

/** The connections for what is read outside of transactions; TypeORM has those for writing. */
@Injectable()
export class Pools implements OnApplicationShutdown {
  readonly reads: Pool;
  readonly streams: Pool;
  /** Who has one of the connections for streams. */
  readonly leases: StreamLeases;
  /** Whether reads that are exempt from row-level security are compared with what it lets through. */
  readonly comparesExempt: boolean;
  /** The role that connects. */
  readonly user: string;

  constructor(@Inject(PERSISTENCE_OPTIONS) options: PersistenceOptions, log: Log) {
    traceQueries();
    this.user = userOf(options);
    this.comparesExempt = environment().NODE_ENV === 'test' && environment().RLS_COMPARED !== 'false';
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for it, which its types leave out
    this.reads = new Pool({ ...readPool(options), onConnect: prepareRls });
    this.streams = new Pool(streamPool(options));
    const ended = (account?: number): void => log.warn('A reader of a long list was too slow', { accountId: account });
    this.leases = new StreamLeases({ total: STREAMS, ended });
    // A connection that the server ends raises an event, idle or in use; unheard it would end the process.
    for (const pool of [this.reads, this.streams]) {
      pool.on('error', (error) => log.warn('An idle database connection was lost', { error }));
      pool.on('connect', (client) => client.on('error', () => undefined));
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.reads.end(), this.streams.end()]);
  }
}
