import { Injectable } from '@nestjs/common';
import { Metrics, type Reading } from '@open-cpo/platform';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Pools } from '../connection/pools';
import { ReadReplica } from '../replicas/read-replica';
import { QueryGauges } from './query-gauges';

const CONNECTIONS = {
  open_cpo_database_connections: 'Connections of a pool.',
  open_cpo_database_connections_idle: 'Connections of a pool that nobody uses.',
  open_cpo_database_connections_max: 'Connections that a pool may have.',
  open_cpo_database_waiting: 'Requests that wait for a connection of a pool.',
};

const OUTBOX = `
  select kind.kind,
    (select count(*) from outbox o where o.kind = kind.kind and sent_at is null and dead_at is null)
      as open_cpo_outbox_waiting,
    (select coalesce(extract(epoch from clock_timestamp() - occurred_at), 0) from outbox o
     where o.kind = kind.kind and sent_at is null and dead_at is null order by id limit 1)
      as open_cpo_outbox_lag_seconds,
    (select count(*) from outbox o where o.kind = kind.kind and dead_at is not null) as open_cpo_outbox_dead
  from (values ('fact'), ('job')) kind (kind)`;

const PARKED = `
  select consumer, count(*) as open_cpo_parked_events from parked_events group by 1`;

const FAILING = `
  select sweep, count(*) as open_cpo_sweep_items_failing from failed_items group by 1`;

/** What every service with a database shows: its pools, its outbox, and what consumers and sweeps have taken aside. */
@Injectable()
export class PersistenceGauges {
  constructor(metrics: Metrics, gauges: QueryGauges, pools: Pools, replica: ReadReplica, source: DataSource) {
    const { master } = source.driver as unknown as { master: Pool };
    const named: Record<string, Pool> = { writes: master, reads: pools.reads, streams: pools.streams };
    if (replica.pool) named.replica = replica.pool;
    const read = (): Reading[] =>
      Object.entries(named).map(([pool, of]) =>
        readingOf(pool, of, pool === 'streams' ? pools.leases.waiting : of.waitingCount),
      );
    metrics.read({ gauges: CONNECTIONS, labels: ['pool'], read });
    gauges.add({
      gauges: {
        open_cpo_outbox_waiting: 'Rows that have not been handed over yet.',
        open_cpo_outbox_lag_seconds: 'Age of the oldest row that has not been handed over yet.',
        open_cpo_outbox_dead: 'Rows that were given up and wait for an operator.',
      },
      labels: ['kind'],
      query: OUTBOX,
    });
    const parked = 'Events of a consumer that wait in its retry lane.';
    gauges.add({ gauges: { open_cpo_parked_events: parked }, labels: ['consumer'], query: PARKED });
    const failing = 'Items that a sweep could not deal with and tries again.';
    gauges.add({ gauges: { open_cpo_sweep_items_failing: failing }, labels: ['sweep'], query: FAILING });
  }
}

const readingOf = (pool: string, { totalCount, idleCount, options }: Pool, waiting: number): Reading => ({
  labels: { pool },
  values: {
    open_cpo_database_connections: totalCount,
    open_cpo_database_connections_idle: idleCount,
    open_cpo_database_connections_max: options.max,
    open_cpo_database_waiting: waiting,
  },
});
