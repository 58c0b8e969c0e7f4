import type { ClientConfig, PoolConfig } from 'pg';
import type { PersistenceOptions } from '../options';
import { types } from './types';

const DEFAULT_POOL = 6;
/** Streams at once; each holds a connection for as long as its reader may take. */
export const STREAMS = 4;

/** Milliseconds that a statement, or a round trip of several, may take. */
export const QUERY_TIMEOUT_MS = 3000;

/**
 * Nested timeouts: a caller that waits longer than these has got an error of the gateway already. Without `query_timeout` a
 * query to a frozen server would never end.
 */
const BUDGETS = {
  // With the statement's still within the five seconds of a request: a machine that is short of time for a second or two
  // is no reason to refuse what can be done.
  connectionTimeoutMillis: 2000,
  query_timeout: QUERY_TIMEOUT_MS,
  statement_timeout: 2500,
  lock_timeout: 1000,
  idle_in_transaction_session_timeout: 5000,
} as const;

/** How every connection of a service is made. */
export const clientConfig = ({ name, url }: PersistenceOptions): ClientConfig => ({
  connectionString: url,
  application_name: name,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  types,
  ...BUDGETS,
});

/** The role that a service connects as. */
export const userOf = ({ url }: PersistenceOptions): string => decodeURIComponent(new URL(url).username);

/** Milliseconds that an unused connection is kept: long, since a new one costs most when everybody is short of time. */
const KEPT = 300_000;

/** Writes and reads have halves of their own, so that writers who wait for locks leave the lists alone. */
const halves = ({ pool = DEFAULT_POOL }: PersistenceOptions) => {
  const writes = Math.max(1, Math.ceil(pool / 2));
  return { writes, reads: Math.max(1, pool - writes) };
};

export const writePool = (options: PersistenceOptions): PoolConfig => ({
  ...clientConfig(options),
  max: halves(options).writes,
  idleTimeoutMillis: KEPT,
});

export const readPool = (options: PersistenceOptions): PoolConfig => ({
  ...clientConfig(options),
  max: halves(options).reads,
  idleTimeoutMillis: KEPT,
});

/**
 * The same database at replicas: `host` with a port, or with that of the primary. Shorter budgets, since the primary has to
 * answer within those of the request where a replica does not.
 */
export const replicaPool = (options: PersistenceOptions, host: string): PoolConfig => {
  const { href } = Object.assign(new URL(options.url), { host });
  return {
    ...readPool({ ...options, url: href }),
    connectionTimeoutMillis: 500,
    query_timeout: 1500,
    statement_timeout: 1400,
  };
};

/** A stream lives as long as its reader keeps up (see `StreamLease`); each batch has its own budget. */
export const streamPool = (options: PersistenceOptions): PoolConfig => ({
  ...clientConfig(options),
  max: STREAMS,
  connectionTimeoutMillis: 2000,
  query_timeout: 31_000,
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 60_000,
});

/**
 * Migrations may take long, but never wait long for a lock while everybody else queues up behind them. No request waits for
 * them to connect, and a server that has just started on a busy machine needs more than seconds to answer.
 */
export const migrationConfig = (options: PersistenceOptions): PoolConfig => ({
  ...clientConfig(options),
  application_name: `${options.name} migration`,
  max: 2,
  connectionTimeoutMillis: 60_000,
  query_timeout: 0,
  statement_timeout: 0,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 0,
});
