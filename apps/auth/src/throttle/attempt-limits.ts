import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RedisClient } from '../redis/redis-client';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Budgets of wrong guesses. `pair`: an account from one network. `account`: an account from all networks that its owner
 * has never used. `fresh`: beyond that, the first guess of each network, so that a few networks leave the others one.
 * `slot`: what goes on when either is spent. `address`: one network over all accounts. `tightened`:
 * codes from one network while the platform's budget is spent. `reserve`: guesses of a pair that are looked at although
 * they are rejected, for owners on networks they have used; the response to wrong ones does not differ.
 */
export const LIMITS = {
  password: {
    pair: { points: 10, duration: 15 * MINUTE },
    account: { points: 20, duration: HOUR },
    fresh: { points: 10, duration: HOUR },
    slot: { points: 1, duration: MINUTE },
    address: { points: 30, duration: MINUTE },
    tightened: { points: 3, duration: HOUR },
    reserve: 30,
  },
  // The codes of an account have four digits: a day's guesses at them stay below half a percent.
  code: {
    pair: { points: 10, duration: DAY },
    account: { points: 12, duration: DAY },
    fresh: { points: 8, duration: DAY },
    slot: { points: 1, duration: HOUR },
    address: { points: 100, duration: MINUTE },
    tightened: { points: 3, duration: HOUR },
    reserve: 0,
  },
  // Six digits, and only behind a first factor that was right. Apart from the codes of mails, which strangers can ask for.
  'second-factor': {
    pair: { points: 10, duration: DAY },
    account: { points: 12, duration: DAY },
    fresh: { points: 8, duration: DAY },
    slot: { points: 1, duration: HOUR },
    address: { points: 100, duration: MINUTE },
    tightened: { points: 3, duration: HOUR },
    reserve: 0,
  },
} as const;

export type Guessed = keyof typeof LIMITS;
/** What is guessed at with codes. */
export type GuessedCode = Exclude<Guessed, 'password'>;
export const GUESSED = Object.keys(LIMITS) as readonly Guessed[];
export const SCOPES = ['pair', 'account', 'fresh', 'slot', 'address', 'tightened'] as const;
export type Scope = (typeof SCOPES)[number];

interface Limit {
  readonly points: number;
  readonly duration: number;
}

/** A limiter in Redis that counts in the process while Redis is unavailable. */
export function limiterOf(
  client: RedisClient,
  guessed: Guessed,
  scope: Scope | 'budget',
  limit: Limit = LIMITS[guessed][scope as Scope],
): RateLimiterAbstract {
  return new RateLimiterRedis({
    ...limit,
    storeClient: client.redis,
    keyPrefix: `${client.prefix}:attempts:${guessed}:${scope}`,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(limit),
  });
}
