import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Health, Log } from '@open-cpo/platform';
import { Client } from 'pg';
import { PERSISTENCE_OPTIONS, type PersistenceOptions } from '../options';
import { clientConfig } from './settings';

/** Locks and channels belong to a database, and each service has its own: one number does for all of them. */
const LOCK = 7_164_201;
const CHANNEL = 'open_cpo_outbox';
const BEAT = 1000;

/**
 * Chooses one replica of the service for what only one may do at a time. It holds a session's advisory lock on a
 * connection of its own: a process that dies or is cut off loses it at once. The connection also shows whether the database
 * answers, whatever the load on the pools.
 */
@Injectable()
export class Leadership implements OnApplicationBootstrap, OnModuleDestroy {
  private client?: Client;
  private leading = false;
  private ending = false;
  private running?: Promise<void>;
  private readonly alarm = new AbortController();
  private readonly listeners: (() => void)[] = [];

  constructor(
    @Inject(PERSISTENCE_OPTIONS) private readonly options: PersistenceOptions,
    private readonly log: Log,
    private readonly health: Health,
  ) {
    health.add('database', () => this.client !== undefined);
  }

  /** Whether this process is the one. */
  get held(): boolean {
    return this.leading;
  }

  /** Calls back when there may be something to do: leadership was gained, or another replica has poked. */
  onPoke(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** The statement with which other replicas notify the leader; outside of transactions, where it takes no lock. */
  readonly notifyStatement = `NOTIFY ${CHANNEL}`;

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.ending = true;
    this.alarm.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ending) {
      try {
        await this.session();
      } catch (error) {
        if (!this.ending) this.log.warn('The database does not answer', { error });
      }
      await this.rest();
    }
  }

  private async session(): Promise<void> {
    const client = new Client(clientConfig(this.options));
    const lost = new Promise<never>((_, reject) =>
      client.on('error', reject).on('end', () => reject(new Error('ended'))),
    );
    lost.catch(() => undefined);
    try {
      await client.connect();
      client.on('notification', () => this.poke());
      this.client = client;
      void this.health.ready();
      while (!this.ending) {
        await Promise.race([this.beat(client), lost]);
        await Promise.race([this.rest(), lost]);
      }
    } finally {
      this.client = undefined;
      this.leading = false;
      await Promise.race([client.end().catch(() => undefined), pause(BEAT, undefined, { ref: false })]);
    }
  }

  /** Keeps asking: for the lock while another one leads, else whether the database is still there. */
  private async beat(client: Client): Promise<void> {
    if (this.leading) {
      await client.query('select 1');
      return;
    }
    const { rows } = await client.query<{ held: boolean }>(`select pg_try_advisory_lock(${LOCK}) as held`);
    if (!rows[0]?.held) return;
    await client.query(`LISTEN ${CHANNEL}`);
    this.leading = true;
    this.poke();
  }

  private poke(): void {
    for (const listener of this.listeners) listener();
  }

  private async rest(): Promise<void> {
    await pause(BEAT, undefined, { signal: this.alarm.signal, ref: false }).catch(() => undefined);
  }
}
