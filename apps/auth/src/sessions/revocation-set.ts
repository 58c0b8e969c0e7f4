import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { REVOCATIONS, type SessionRevoked } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { AuthConfig } from '../config';
import { RedisClient } from '../redis/redis-client';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 500;
const LIVE = `
  select told, extract(epoch from created_at)::float8 * 1000 as at from revocations
  where until > now() and created_at > now() - $1 * interval '1 second'`;

export interface Entry {
  readonly told: SessionRevoked;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * The revocations as gateways read them from Redis. The table is the truth: what Redis missed or forgot is put there
 * again, all of it when Redis comes (back), the latest every minute.
 */
@Injectable()
export class RevocationSet implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private readonly refill = (): void => void this.sync(this.config.tokenTtlSeconds);

  constructor(
    private readonly config: AuthConfig,
    private readonly client: RedisClient,
    private readonly transactions: Transactions,
    private readonly log: Log,
  ) {}

  private get key(): string {
    return `${this.client.prefix}:${REVOCATIONS}`;
  }

  onApplicationBootstrap(): void {
    this.client.redis.on('ready', this.refill);
    if (this.client.redis.status === 'ready') this.refill();
    this.timer = setInterval(() => void this.sync((5 * INTERVAL_MS) / 1000), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    this.client.redis.off('ready', this.refill);
    clearInterval(this.timer);
  }

  /** Adding one again changes nothing: it has the same text. */
  async add(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.client.redis.zadd(this.key, ...entries.flatMap(({ told, at }) => [Math.floor(at), memberOf(told)]));
  }

  /** Puts there what was revoked within the last seconds, and removes what has expired. */
  async sync(seconds: number): Promise<void> {
    try {
      let batch: Entry[] = [];
      for await (const entry of this.transactions.rows<Entry>(LIVE, [seconds])) {
        batch.push(entry);
        if (batch.length < BATCH_SIZE) continue;
        await this.add(batch);
        batch = [];
      }
      await this.add(batch);
      await this.client.redis.zremrangebyscore(
        this.key,
        '-inf',
        Date.now() - this.config.tokenTtlSeconds * 1000 - INTERVAL_MS,
      );
    } catch (error) {
      this.log.warn('Revocations were not put into Redis', { error });
    }
  }
}

/** The same text for the same revocation, wherever it comes from. */
const memberOf = ({ scope, id, before, except, until }: SessionRevoked): string =>
  JSON.stringify({ scope, id, before, except, until });
