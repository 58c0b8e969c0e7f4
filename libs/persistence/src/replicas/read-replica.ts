import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { writesOf } from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import { DatabaseConfig, Log, Metrics, ProcessConfig } from '@open-cpo/platform';
import { type ClientBase, Pool, type PoolClient } from 'pg';
import { Pools } from '../connection/pools';
import { type Answer, askPrepared, prepareRls } from '../connection/prepared';
import { replicaPool } from '../connection/settings';
import { breaksConnection } from '../errors/translate';
import { PERSISTENCE_OPTIONS, type PersistenceOptions } from '../options';
import { type Lsn, WalPositions } from './wal-positions';

/** Milliseconds between two looks at the primary and the replica. */
const INTERVAL_MS = 1000;
/** The same while a write waits for its position. */
const WRITTEN_INTERVAL_MS = 50;
/** Milliseconds for which a connection is not asked again how much its replica has replayed. */
const REPLAYED_GOOD_MS = 50;

const PRIMARY = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as lsn`;
const REPLAYED = `
  select case when pg_is_in_recovery() then pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8 end as lsn`;

/** Why the primary answers a read that a replica could have answered. */
const REASONS = ['own-write', 'behind', 'unavailable', 'failed'] as const;
type Reason = (typeof REASONS)[number];

interface Replayed {
  readonly at: number;
  readonly lsn: Lsn;
}

/**
 * Reads of accounts at replicas of PostgreSQL (`DATABASE_READ_HOST`), with read-your-writes: an account's reads go to the
 * primary until the replica that its connection leads to has replayed what the account has written (ADR 19). Without the
 * setting, and whenever a replica cannot answer, the primary does.
 */
@Injectable()
export class ReadReplica implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly pool?: Pool;
  private readonly positions: WalPositions;
  private readonly service: string;
  private readonly replayed = new WeakMap<ClientBase, Replayed>();
  private readonly alarm = new AbortController();
  private awake = new AbortController();
  private running?: Promise<unknown>;
  private looking = false;
  /** Whether the last look at the replica succeeded. */
  private available = false;
  private lastReplayed?: Lsn;
  private readonly answered;

  constructor(
    @Inject(PERSISTENCE_OPTIONS) options: PersistenceOptions,
    config: ProcessConfig,
    private readonly pools: Pools,
    private readonly broadcast: Broadcast,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    const { databaseReadHost, databaseReadMaxLag } = config instanceof DatabaseConfig ? config : new DatabaseConfig();
    this.service = options.name;
    this.positions = new WalPositions(databaseReadMaxLag * 1000);
    if (databaseReadHost === undefined) return;
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool waits for it, which its types leave out
    this.pool = new Pool({ ...replicaPool(options, databaseReadHost), onConnect: prepareRls });
    this.pool.on('error', () => (this.available = false));
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    this.answered = this.measure(metrics);
  }

  onApplicationBootstrap(): void {
    if (!this.pool) return;
    const { broadcast, positions, service } = this;
    broadcast.follow(writesOf(service), {
      received: (accountId) => this.learned(Number(accountId)),
      interrupted: () => positions.interrupted(),
      resumed: () => positions.resumed(performance.now()),
    });
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.alarm.abort();
    this.awake.abort();
    await this.running;
    await this.pool?.end();
  }

  /**
   * Has the account's reads answered by the primary, in every process of the service, until replicas have what has been
   * committed. Called after a commit, before anything that has the account read: its response, an event.
   */
  written(accountId: number): void {
    if (!this.pool) return;
    this.learned(accountId);
    this.broadcast.publish(writesOf(this.service), accountId, undefined);
  }

  /** The same before events leave, which processes receive over other connections. */
  async writtenIn(payloads: readonly string[]): Promise<void> {
    if (!this.pool) return;
    const accounts = new Set(payloads.flatMap(accountsIn));
    for (const accountId of accounts) this.written(accountId);
    if (accounts.size > 0) await this.broadcast.flush();
  }

  /** What a replica answers to a read of an account; nothing where the primary has to be asked. */
  async read(accountId: number, ask: (client: ClientBase) => Promise<Answer>): Promise<Answer | undefined> {
    const { pool } = this;
    if (!pool) return undefined;
    const required = this.positions.required(accountId);
    if (required === Infinity) return this.leave('own-write');
    if (!this.available) return this.leave('unavailable');
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await pool.connect();
      if (!(await this.hasReplayed(client, required))) return this.leave('behind');
      const answer = await ask(client);
      this.answered?.labels('replica', '').inc();
      return answer;
    } catch (error) {
      // Whatever it was: the primary answers, or raises it again.
      broken = true;
      this.failed(error, client);
      return this.leave('failed');
    } finally {
      client?.release(broken);
    }
  }

  private leave(reason: Reason): undefined {
    this.answered?.labels('primary', reason).inc();
  }

  private failed(error: unknown, client: PoolClient | undefined): void {
    if (client && !breaksConnection(error)) return;
    if (this.available) this.log.warn('The read replica does not answer', { error });
    this.available = false;
  }

  private learned(accountId: number): void {
    this.positions.written(accountId, performance.now());
    this.awake.abort();
  }

  private async hasReplayed(client: PoolClient, required: Lsn): Promise<boolean> {
    const known = this.replayed.get(client);
    if (known && known.lsn >= required) return true;
    if (known && performance.now() - known.at < REPLAYED_GOOD_MS) return false;
    return (await this.look(client)) >= required;
  }

  /** How much the replica behind a connection has replayed; each may lead to another one. */
  private async look(client: PoolClient): Promise<Lsn> {
    const { rows } = await askPrepared(client, { name: 'wal.replayed', text: REPLAYED, values: [] });
    const lsn = (rows as { lsn: Lsn | null }[])[0]?.lsn;
    if (typeof lsn !== 'number') throw new Error('DATABASE_READ_HOST leads to a server that is no standby.');
    this.replayed.set(client, { at: performance.now(), lsn });
    this.lastReplayed = lsn;
    return lsn;
  }

  private async run(): Promise<void> {
    const { signal } = this.alarm;
    for (let looked = -INTERVAL_MS; !signal.aborted;) {
      await this.sample();
      if (performance.now() - looked >= INTERVAL_MS - WRITTEN_INTERVAL_MS) {
        looked = performance.now();
        void this.lookAtReplica();
      }
      await rest(WRITTEN_INTERVAL_MS, signal);
      if (!this.positions.isWaiting) await rest(INTERVAL_MS - WRITTEN_INTERVAL_MS, this.awake.signal);
      if (!signal.aborted) this.awake = new AbortController();
    }
  }

  private async sample(): Promise<void> {
    const at = performance.now();
    try {
      const { rows } = await this.pools.reads.query<{ lsn: Lsn }>({ name: 'wal.position', text: PRIMARY });
      if (rows[0]) this.positions.sampled({ at, lsn: rows[0].lsn });
    } catch (error) {
      this.log.warn('The position of the primary is not known', { error });
    }
  }

  /** Requests do not wait for a replica that was unavailable: this finds out that it is back. */
  private async lookAtReplica(): Promise<void> {
    if (this.looking || !this.pool) return;
    this.looking = true;
    let client: PoolClient | undefined;
    let broken = false;
    try {
      client = await this.pool.connect();
      await this.look(client);
      if (!this.available) this.log.log('The read replica answers');
      this.available = true;
    } catch (error) {
      broken = true;
      this.failed(error, undefined);
    } finally {
      client?.release(broken);
      this.looking = false;
    }
  }

  private measure(metrics: Metrics) {
    const help = 'Reads of accounts, by the server that answered, and why the primary did.';
    const answered = metrics.counter('open_cpo_database_account_reads_total', help, ['server', 'reason']);
    answered.inc({ server: 'replica', reason: '' }, 0);
    for (const reason of REASONS) answered.inc({ server: 'primary', reason }, 0);
    metrics.read({
      gauges: {
        open_cpo_database_replica_up: 'Whether the read replica answers (1) or not (0).',
        open_cpo_database_replica_lag_seconds: 'Time for which the primary has had more than the replica has replayed.',
      },
      read: () => {
        const lag = this.lastReplayed === undefined ? [] : [this.positions.lagOf(this.lastReplayed, performance.now())];
        const [seconds] = lag;
        return [
          {
            values: {
              open_cpo_database_replica_up: Number(this.available),
              ...(seconds === undefined ? {} : { open_cpo_database_replica_lag_seconds: seconds }),
            },
          },
        ];
      },
    });
    return answered;
  }
}

const rest = (ms: number, signal: AbortSignal): Promise<unknown> =>
  pause(ms, undefined, { signal, ref: false }).catch(() => undefined);

/** The accounts that an event names, whatever else it holds. */
const accountsIn = (payload: string): number[] =>
  [...payload.matchAll(/"account_?id":(\d+)/gi)].map(([, accountId]) => Number(accountId));
