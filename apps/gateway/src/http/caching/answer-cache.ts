import { performance } from 'node:perf_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '@open-cpo/platform';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { GatewayConfig } from '../../config';
import type { Admitted } from '../identity/authorizer';
import { type Route, SELF_WRITE } from '../route';
import { type Tagged, tagged } from './etag';
import { CacheVersions } from './cache-versions';

/** Bytes of all cached responses together, with their compressed forms. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Bytes of one response; longer ones are streamed past the cache. */
export const MAX_RESPONSE_BYTES = 256 * 1024;
/** Characters of a URL; longer ones are rarely repeated. */
const MAX_URL_LENGTH = 1024;
/** Interval of the removal of expired entries, in milliseconds; entries that are not requested again would stay otherwise. */
const CHECK_INTERVAL_MS = 5000;

/** A response that was sent, to be sent again. */
export interface CachedResponse extends Tagged {
  /** The count of changes at the time of its request. */
  readonly asOf: number;
  /** The time of its request, in milliseconds of a monotonic clock. */
  readonly at: number;
}

/** The slot of one request: a cached response, or where to store one. */
export interface CacheSlot {
  readonly cached?: CachedResponse;
  /** The response to an equal request that is under way; nothing when it could not be cached. */
  readonly pending?: () => Promise<CachedResponse | undefined>;
  /** Returns the response to send; it is also cached, unless something has changed since the request. */
  store(body: Buffer, headers: Readonly<Record<string, string>>): CachedResponse;
  /** The request has ended: followers make their own read where it has stored nothing. */
  release(): void;
}

/** A read that equal requests wait for. */
interface PendingRead {
  readonly asOf: number;
  readonly at: number;
  readonly response: Promise<CachedResponse | undefined>;
  readonly settle: (cached?: CachedResponse) => void;
}

/**
 * Responses to reads, until a change is known and never longer than `CACHE_MAX_AGE`. A response belongs to one account,
 * role, language, currency and time zone. Equal reads at the same time share one call.
 */
@Injectable()
export class AnswerCache implements OnApplicationShutdown {
  private readonly responses;
  private readonly pending = new Map<string, PendingRead>();
  private readonly timer = setInterval(() => this.responses.purgeStale(), CHECK_INTERVAL_MS).unref();
  private readonly hits;
  private readonly misses;

  constructor(
    private readonly versions: CacheVersions,
    private readonly config: GatewayConfig,
    metrics: Metrics,
  ) {
    this.responses = new LRUCache<string, CachedResponse>({
      maxSize: MAX_BYTES,
      sizeCalculation: ({ body }, key) => 2 * body.length + 2 * key.length + 500,
      ttl: config.cacheMaxAge,
      ttlResolution: 0,
      perf: performance,
    });
    const results = metrics.counter('open_cpo_gateway_cache_total', 'Reads that may be answered from memory.', [
      'result',
    ]);
    this.hits = results.labels('hit');
    this.misses = results.labels('miss');
    [this.hits, this.misses].forEach((counter) => counter.inc(0));
  }

  /** The slot of a request's response; none where responses are not cached. */
  slot(route: Route, request: FastifyRequest, { caller, integration }: Admitted): CacheSlot | undefined {
    const { identity } = caller;
    if (!route.cached || !identity || this.config.cacheMaxAge === 0) return undefined;
    if (request.url.length > MAX_URL_LENGTH) return undefined;
    const { accountId, ownerId, role, currency, timeZone } = identity;
    const accept = route.takes.includes('accept') ? (request.headers.accept ?? '') : '';
    // No part can contain a line break.
    const viewer = [accountId, ownerId, role, caller.language, currency, timeZone, Number(integration)];
    const key = [...viewer, accept, request.url].join('\n');
    const topics = route.topics ?? [];
    const asked = { asOf: this.versions.now, at: performance.now() };
    const store: CacheSlot['store'] = (body, headers) => this.store(key, { ...asked, body, headers });
    const cached = this.find(key, accountId, topics);
    if (cached) this.hits.inc();
    if (cached) return { cached, store, release: () => undefined };
    const leader = this.leader(key, accountId, topics);
    if (leader) return { store, pending: () => this.follow(leader), release: () => undefined };
    this.misses.inc();
    return this.lead(key, asked, store);
  }

  /** An equal read that is under way; one that began before a change does not see it. */
  private leader(key: string, accountId: number, topics: readonly string[]): PendingRead | undefined {
    const leader = this.pending.get(key);
    const isFresh = leader && performance.now() - leader.at < this.config.cacheMaxAge;
    return isFresh && this.versions.holds(leader.asOf, accountId, topics) ? leader : undefined;
  }

  private lead(key: string, asked: Pick<PendingRead, 'asOf' | 'at'>, store: CacheSlot['store']): CacheSlot {
    let settle: PendingRead['settle'] = () => undefined;
    const response = new Promise<CachedResponse | undefined>((resolve) => (settle = resolve));
    const own = { ...asked, response, settle };
    this.pending.set(key, own);
    const end = (cached?: CachedResponse): void => {
      settle(cached);
      if (this.pending.get(key) === own) this.pending.delete(key);
    };
    return {
      store: (body, headers) => {
        const cached = store(body, headers);
        end(cached.body.length <= MAX_RESPONSE_BYTES ? cached : undefined);
        return cached;
      },
      release: () => end(),
    };
  }

  private async follow({ response }: PendingRead): Promise<CachedResponse | undefined> {
    const cached = await response;
    (cached ? this.hits : this.misses).inc();
    return cached;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The account has written through this gateway: it reads its own writes at once. */
  written(accountId: number): void {
    this.versions.touch(accountId, SELF_WRITE);
  }

  private find(key: string, accountId: number, topics: readonly string[]): CachedResponse | undefined {
    const cached = this.responses.get(key);
    if (cached && this.versions.holds(cached.asOf, accountId, topics)) return cached;
    this.responses.delete(key);
    return undefined;
  }

  private store(key: string, response: Pick<CachedResponse, 'body' | 'headers' | 'asOf' | 'at'>): CachedResponse {
    const cached: CachedResponse = { ...response, ...tagged(response.body, response.headers) };
    // Its request is older than that of the cached one.
    if ((this.responses.peek(key)?.asOf ?? 0) > cached.asOf) return cached;
    // A copy: the bytes are a part of a larger buffer of the connection.
    if (cached.body.length <= MAX_RESPONSE_BYTES)
      this.responses.set(key, { ...cached, body: Buffer.from(cached.body) }, { start: cached.at });
    return cached;
  }
}
