import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RedisClient } from '../redis/redis-client';

const MINUTE = 60;

/** What is guessed at. Codes have few attempts each as it is; here their number over many tokens is bounded. */
const LIMITS = {
  password: { account: { points: 10, duration: 15 * MINUTE }, address: { points: 30, duration: MINUTE } },
  code: { account: { points: 30, duration: 15 * MINUTE }, address: { points: 100, duration: MINUTE } },
} as const;

export type Guessed = keyof typeof LIMITS;
type Scope = 'account' | 'address';

// Redis learns nobody's address.
const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Counts wrong guesses by account and by network address, over all replicas; without Redis each counts by itself. */
@Injectable()
export class Attempts {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly client: RedisClient) {
    for (const guessed of ['password', 'code'] as const) {
      for (const scope of ['account', 'address'] as const)
        this.limiters.set(`${guessed} ${scope}`, this.make(guessed, scope));
    }
  }

  /**
   * Counts a guess before it is looked at, so that many at once are not more than one after the other. It does not
   * matter whether the account exists.
   * @throws Refusal `too_many_requests`
   */
  async spend(guessed: Guessed, email: string, caller: Caller): Promise<void> {
    await this.spendOfAddress(guessed, caller);
    await this.consume(guessed, 'account', email);
  }

  /** The same for a guess at nothing that is known. */
  async spendOfAddress(guessed: Guessed, { ip }: Caller): Promise<void> {
    if (ip) await this.consume(guessed, 'address', ip);
  }

  /** After a right one: the account is clean again, and the address gets this one back. */
  async clear(guessed: Guessed, email: string, { ip }: Caller): Promise<void> {
    await this.limiter(guessed, 'account').delete(keyOf(email));
    if (ip) await this.limiter(guessed, 'address').reward(keyOf(ip));
  }

  private async consume(guessed: Guessed, scope: Scope, key: string): Promise<void> {
    try {
      await this.limiter(guessed, scope).consume(keyOf(key));
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new Refusal('too_many_requests', { retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) });
    }
  }

  private limiter(guessed: Guessed, scope: Scope): RateLimiterAbstract {
    return this.limiters.get(`${guessed} ${scope}`) as RateLimiterAbstract;
  }

  private make(guessed: Guessed, scope: Scope): RateLimiterAbstract {
    const limit = LIMITS[guessed][scope];
    return new RateLimiterRedis({
      ...limit,
      storeClient: this.client.redis,
      keyPrefix: `${this.client.prefix}:attempts:${guessed}:${scope}`,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(limit),
    });
  }
}
