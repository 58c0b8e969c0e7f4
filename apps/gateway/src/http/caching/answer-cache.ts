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

/** Bytes of all kept answers together, with what they may be compressed to. */
const ROOM = 64 * 1024 * 1024;
/** Bytes of one answer; longer ones are streamed past. */
export const LARGEST = 256 * 1024;
/** Characters of a URL; longer ones are hardly repeated. */
const LONGEST_URL = 1024;
/** Interval of the removal of expired entries, in milliseconds; entries that are not requested again would stay otherwise. */
const CHECK_INTERVAL_MS = 5000;

/** One that went out, to be given again. */
export interface Kept extends Tagged {
  /** The count of changes when it was asked for. */
  readonly asOf: number;
  /** When it was asked for, in milliseconds by a clock that never goes back. */
  readonly at: number;
}

/** A place for one answer: found there already, or to be kept once it has come. */
export interface Place {
  readonly found?: Kept;
  /** Where the same is being asked for: the answer when it has come, nothing when it could not be kept. */
  readonly following?: () => Promise<Kept | undefined>;
  /** Answers what to send; it is also kept, unless something has changed meanwhile. */
  keep(body: Buffer, headers: Readonly<Record<string, string>>): Kept;
  /** The request has ended, however: those that follow it go on by themselves where it has kept nothing. */
  left(): void;
}

/** A read that others follow. */
interface Underway {
  readonly asOf: number;
  readonly at: number;
  readonly answer: Promise<Kept | undefined>;
  readonly settle: (kept?: Kept) => void;
}

/**
 * Answers to reads, for as long as nothing is known to have changed and never longer than `CACHE_MAX_AGE`. An answer
 * belongs to one account, role, language, currency and zone, and is never another's.
 */
@Injectable()
export class AnswerCache implements OnApplicationShutdown {
  private readonly answers = new LRUCache<string, Kept>({
    maxSize: ROOM,
    sizeCalculation: ({ body }, key) => 2 * body.length + 2 * key.length + 500,
  });
  private readonly underway = new Map<string, Underway>();
  private readonly timer = setInterval(() => this.forget(), CHECK_INTERVAL_MS).unref();
  private readonly hits;
  private readonly misses;

  constructor(
    private readonly versions: CacheVersions,
    private readonly config: GatewayConfig,
    metrics: Metrics,
  ) {
    const results = metrics.counter('open_cpo_gateway_cache_total', 'Reads that may be answered from memory.', [
      'result',
    ]);
    this.hits = results.labels('hit');
    this.misses = results.labels('miss');
    [this.hits, this.misses].forEach((counter) => counter.inc(0));
  }

  /** The place of a request's answer; none where answers are not kept. */
  place(route: Route, request: FastifyRequest, { caller, integration }: Admitted): Place | undefined {
    const { identity } = caller;
    if (!route.cached || !identity || this.config.cacheMaxAge === 0) return undefined;
    if (request.url.length > LONGEST_URL) return undefined;
    const { accountId, ownerId, role, currency, timeZone } = identity;
    const accept = route.takes.includes('accept') ? (request.headers.accept ?? '') : '';
    // No part can hold a line break.
    const parts = [
      accountId,
      ownerId,
      role,
      caller.language,
      currency,
      timeZone,
      Number(integration),
      accept,
      request.url,
    ];
    const key = parts.join('\n');
    const topics = route.topics ?? [];
    const asked = { asOf: this.versions.now, at: performance.now() };
    const keep: Place['keep'] = (body, headers) => this.keep(key, { ...asked, body, headers });
    const found = this.find(key, accountId, topics);
    if (found) this.hits.inc();
    if (found) return { found, keep, left: () => undefined };
    const leader = this.leader(key, accountId, topics);
    if (leader) return { keep, following: () => this.follow(leader), left: () => undefined };
    this.misses.inc();
    return this.lead(key, asked, keep);
  }

  /** An equal read that is under way; one that was begun before a change knows nothing of it. */
  private leader(key: string, accountId: number, topics: readonly string[]): Underway | undefined {
    const leader = this.underway.get(key);
    return leader && this.isYoung(leader) && this.versions.holds(leader.asOf, accountId, topics) ? leader : undefined;
  }

  private lead(key: string, asked: Pick<Underway, 'asOf' | 'at'>, keep: Place['keep']): Place {
    let settle: Underway['settle'] = () => undefined;
    const answer = new Promise<Kept | undefined>((resolve) => (settle = resolve));
    const own = { ...asked, answer, settle };
    this.underway.set(key, own);
    const end = (kept?: Kept): void => {
      settle(kept);
      if (this.underway.get(key) === own) this.underway.delete(key);
    };
    return {
      keep: (body, headers) => {
        const kept = keep(body, headers);
        end(kept.body.length <= LARGEST ? kept : undefined);
        return kept;
      },
      left: () => end(),
    };
  }

  private async follow({ answer }: Underway): Promise<Kept | undefined> {
    const kept = await answer;
    (kept ? this.hits : this.misses).inc();
    return kept;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** The account has written through this gateway: it sees its own hand at once. */
  written(accountId: number): void {
    this.versions.touch(accountId, SELF_WRITE);
  }

  private forget(): void {
    const old = [...this.answers.entries()].filter(([, kept]) => !this.isYoung(kept));
    for (const [key] of old) this.answers.delete(key);
  }

  private isYoung({ at }: Pick<Kept, 'at'>): boolean {
    return performance.now() - at < this.config.cacheMaxAge;
  }

  private find(key: string, accountId: number, topics: readonly string[]): Kept | undefined {
    const kept = this.answers.get(key);
    if (!kept) return undefined;
    if (this.isYoung(kept) && this.versions.holds(kept.asOf, accountId, topics)) return kept;
    this.answers.delete(key);
    return undefined;
  }

  private keep(key: string, answer: Pick<Kept, 'body' | 'headers' | 'asOf' | 'at'>): Kept {
    const kept: Kept = { ...answer, ...tagged(answer.body, answer.headers) };
    // Asked for before what is there already.
    if ((this.answers.peek(key)?.asOf ?? 0) > kept.asOf) return kept;
    // A copy: the bytes that came are part of whatever else came over the wire at that moment.
    if (kept.body.length <= LARGEST) this.answers.set(key, { ...kept, body: Buffer.from(kept.body) });
    return kept;
  }
}
