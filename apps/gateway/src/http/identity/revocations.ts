import { once } from 'node:events';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Refusal, REVOCATIONS, sessionRevoked, type SessionRevoked, type TicketHolder } from '@open-cpo/contracts';
import { Broadcast, Broker } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import type { Redis } from 'ioredis';

export const REDIS = Symbol('open-cpo:gateway-redis');
export const REDIS_PREFIX = Symbol('open-cpo:gateway-redis-prefix');

/** Milliseconds between two reads of Redis. */
const READ_INTERVAL_MS = 1000;
/** Milliseconds before the last read that a read covers again: auth may have been cut off from Redis for some minutes itself. */
const OVERLAP_MS = 10 * 60_000;
/** Milliseconds after which a gateway without broker and Redis trusts no token. */
const CUT_OFF_MS = 60_000;
/** Milliseconds that the start waits for Redis. */
const START_TIMEOUT_MS = 2000;

/**
 * Tokens that have ended before their time. They arrive by event at once, and from Redis at start and after being cut
 * off, so that every gateway replica refuses them.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly tokens = new Map<string, number>();
  private readonly users = new Map<number, SessionRevoked>();
  private lastContact = Date.now();
  private lastRead = 0;
  private since = 0;
  private timer?: NodeJS.Timeout;
  private ended = false;

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(REDIS_PREFIX) private readonly prefix: string,
    private readonly broker: Broker,
    private readonly log: Log,
    broadcast: Broadcast,
    health: Health,
  ) {
    broadcast.subscribe(sessionRevoked, (revoked) => this.remember(revoked));
    // A replica that has never read what ended before its start would let it in.
    health.add('revocations', () => this.lastRead > 0);
    // A Redis that comes back may have lost its data.
    redis.on('ready', () => (this.since = 0));
  }

  async onApplicationBootstrap(): Promise<void> {
    const { redis } = this;
    if (redis.status !== 'ready')
      await once(redis, 'ready', { signal: AbortSignal.timeout(START_TIMEOUT_MS) }).catch(() => undefined);
    await this.read();
    const again = (): void => {
      if (!this.ended) this.timer = setTimeout(() => void this.read().finally(again), READ_INTERVAL_MS).unref();
    };
    again();
  }

  onApplicationShutdown(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.redis.disconnect();
  }

  /** @throws Refusal `unauthenticated` for a token that has ended, `service_unavailable` when that cannot be known. */
  refuseEnded({ userId, sessionId, issuedAt }: Pick<TicketHolder, 'userId' | 'sessionId' | 'issuedAt'>): void {
    if (Date.now() - this.lastContact > CUT_OFF_MS && !this.broker.connected) throw new Refusal('service_unavailable');
    if (this.tokens.has(sessionId)) throw new Refusal('unauthenticated');
    const ended = this.users.get(userId);
    if (ended && issuedAt <= (ended.before ?? 0) && ended.except !== sessionId) throw new Refusal('unauthenticated');
  }

  private remember(revoked: SessionRevoked): void {
    if (revoked.scope === 'token') this.tokens.set(revoked.id, revoked.until);
    else {
      const known = this.users.get(Number(revoked.id));
      if (!known || (known.before ?? 0) <= (revoked.before ?? 0)) this.users.set(Number(revoked.id), revoked);
    }
  }

  private async read(): Promise<void> {
    if (this.broker.connected) this.lastContact = Date.now();
    try {
      const now = Date.now();
      const members = await this.redis.zrangebyscore(`${this.prefix}:${REVOCATIONS}`, this.since, '+inf');
      members.forEach((member) => this.remember(JSON.parse(member) as SessionRevoked));
      this.since = Math.max(0, now - OVERLAP_MS);
      this.lastRead = now;
      this.lastContact = now;
      this.removeExpired(now / 1000);
    } catch (error) {
      this.log.debug('Revocations could not be read', { error });
    }
  }

  /** What has ended by itself needs no memory. */
  private removeExpired(now: number): void {
    for (const [jti, until] of this.tokens) if (until < now) this.tokens.delete(jti);
    for (const [userId, { until }] of this.users) if (until < now) this.users.delete(userId);
  }
}
