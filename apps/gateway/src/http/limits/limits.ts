import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Identity, Refusal } from '@open-cpo/contracts';
import { addressKey } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { GatewayConfig } from '../../config';
import { REDIS, REDIS_PREFIX } from '../identity/revocations';
import { BatchedRateLimitCounter, type Policy, policyOf, type RateLimitState } from './batched-counter';

/** Seconds for which an account's uploads count: as long as the store keeps them. */
const UPLOAD_SECONDS = 600;

/** Routes with a limit of their own, stricter than the general ones. */
export type Limited = 'login' | 'registration' | 'code' | 'reset' | 'webhook';

interface Strict {
  readonly policy: Policy;
  readonly limiter: RateLimiterRedis;
}

/** Rate limits of callers and network addresses, counted over all gateways. */
@Injectable()
export class Limits implements OnApplicationShutdown {
  private readonly byAddress?: BatchedRateLimitCounter;
  private readonly byCaller?: BatchedRateLimitCounter;
  private readonly guesses?: RateLimiterRedis;
  private readonly uploads: RateLimiterRedis;
  private readonly webhookTests?: RateLimiterRedis;
  private readonly strict = new Map<Limited, Strict>();

  constructor(
    config: GatewayConfig,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(REDIS_PREFIX) private readonly prefix: string,
  ) {
    this.byAddress = this.batched(policyOf('address', config.rateLimitAddress));
    this.byCaller = this.batched(policyOf('caller', config.rateLimitCaller));
    const settings: Record<Limited, string> = {
      login: config.rateLimitLogin,
      registration: config.rateLimitRegistration,
      code: config.rateLimitCode,
      reset: config.rateLimitReset,
      webhook: config.rateLimitWebhook,
    };
    for (const [name, setting] of Object.entries(settings)) {
      const policy = policyOf(name, setting);
      if (policy) this.strict.set(name as Limited, { policy, limiter: this.store(policy) });
    }
    const guess = policyOf('guess', config.rateLimitGuess);
    this.guesses = guess && this.store(guess);
    const tests = policyOf('webhook-test', config.rateLimitWebhookTest);
    this.webhookTests = tests && this.store(tests);
    this.uploads = this.store({ name: 'upload', requests: config.uploadShare, seconds: UPLOAD_SECONDS });
  }

  onApplicationShutdown(): void {
    this.byAddress?.end();
    this.byCaller?.end();
  }

  /**
   * Counts a request by its network address, before it is authenticated. It returns a promise only where the route has a
   * limit of its own.
   * @throws Refusal `too_many_requests`
   */
  arrived(limited: Limited | undefined, { ip }: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    if (this.byAddress) admit(this.byAddress.spend(addressKey(ip)), reply);
    const strict = limited && this.strict.get(limited);
    return strict && this.spend(strict, addressKey(ip), reply);
  }

  /**
   * Counts a request by its user.
   * @throws Refusal `too_many_requests`
   */
  identified(identity: Identity | undefined, reply: FastifyReply): void {
    if (this.byCaller && identity) admit(this.byCaller.spend(String(identity.userId)), reply);
  }

  /**
   * Looks up a secret that a client may have guessed. Wrong ones are counted by the network they come from, and beyond the
   * limit nothing is looked up any more.
   * @throws Refusal `too_many_requests`, or as the look-up
   */
  async guess<T>(ip: string | undefined, lookUp: () => Promise<T>): Promise<T> {
    const { guesses } = this;
    if (!guesses || ip === undefined) return lookUp();
    const key = addressKey(ip);
    await consume(guesses, key, 1);
    let isWrong = false;
    try {
      return await lookUp();
    } catch (error) {
      isWrong = error instanceof Refusal && error.kind === 'unauthenticated';
      throw error;
    } finally {
      if (!isWrong) guesses.reward(key).catch(() => undefined);
    }
  }

  /** Counts the bytes that an account puts into the store of uploads. @throws Refusal `too_many_requests` */
  uploaded(accountId: number, bytes: number): Promise<void> {
    return consume(this.uploads, String(accountId), bytes);
  }

  /** Takes back bytes that were counted and not sent: the length of a chunked body is unknown. */
  notUploaded(accountId: number, bytes: number): void {
    this.uploads.reward(String(accountId), bytes).catch(() => undefined);
  }

  /** Counts a delivery that an account asks for itself, each of which is tried several times. @throws Refusal `too_many_requests` */
  async webhookTested(accountId: number): Promise<void> {
    if (this.webhookTests) await consume(this.webhookTests, String(accountId), 1);
  }

  private async spend({ policy, limiter }: Strict, key: string, reply: FastifyReply): Promise<void> {
    try {
      const { remainingPoints: left, msBeforeNext: resetIn } = await limiter.consume(key);
      admit({ policy, left, resetIn }, reply);
    } catch (error) {
      // With the limiter of the process behind it, the store has no other way to say no.
      if (!(error instanceof RateLimiterRes)) throw error;
      admit({ policy, left: -1, resetIn: error.msBeforeNext }, reply);
    }
  }

  private batched(policy: Policy | undefined): BatchedRateLimitCounter | undefined {
    return policy && new BatchedRateLimitCounter(policy, this.store(policy, false));
  }

  /** Counts in Redis with one command; `insured`: in the process while Redis is unavailable. */
  private store({ name, requests: points, seconds: duration }: Policy, insured = true): RateLimiterRedis {
    const limit = { points, duration };
    return new RateLimiterRedis({
      ...limit,
      storeClient: this.redis,
      keyPrefix: `${this.prefix}:limits:${name}`,
      rejectIfRedisNotReady: true,
      // A key beyond its limit is refused without asking Redis again.
      ...(insured ? { inMemoryBlockOnConsumed: points + 1, insuranceLimiter: new RateLimiterMemory(limit) } : {}),
    });
  }
}

async function consume(limiter: RateLimiterRedis, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new Refusal('too_many_requests', { retryAfter: Math.max(1, error.msBeforeNext / 1000) });
  }
}

function admit(state: RateLimitState, reply: FastifyReply): void {
  addRateLimitHeaders(reply, state);
  if (state.left >= 0) return;
  throw new Refusal('too_many_requests', { retryAfter: Math.max(1, state.resetIn / 1000) });
}

/** Adds `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10). */
function addRateLimitHeaders(reply: FastifyReply, { policy, left, resetIn }: RateLimitState): void {
  const { name, requests, seconds } = policy;
  const until = Math.max(0, Math.ceil(resetIn / 1000));
  add(reply, 'ratelimit-policy', `"${name}";q=${requests};w=${seconds}`);
  add(reply, 'ratelimit', `"${name}";r=${Math.max(0, left)};t=${until}`);
}

function add(reply: FastifyReply, header: string, item: string): void {
  const before = reply.getHeader(header);
  reply.header(header, before === undefined ? item : `${String(before)}, ${item}`);
}
