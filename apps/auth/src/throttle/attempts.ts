import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { addressKey, Metrics, rateLimitNetwork } from '@open-cpo/platform';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { AuthConfig } from '../config';
import { RedisClient } from '../redis/redis-client';
import { type Guessed, GUESSED, type GuessedCode, LIMITS, limiterOf, type Scope, SCOPES } from './attempt-limits';

/** What a guess may do although its limit is spent. */
export interface Held {
  /** Seconds after which the next one is looked at. */
  readonly retryAfter: number;
}

interface AttemptState {
  readonly within: boolean;
  readonly consumed: number;
  readonly seconds: number;
}

// Redis gets no e-mail addresses and no network addresses.
const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Rate limits of wrong guesses, over all replicas; without Redis each counts by itself. Guesses are counted by account
 * and network together, so that strangers spend their own budget and not the owner's. Beyond a budget guesses are slowed
 * down, not shut out. A second budget of the account is shared by all networks that its owner has never used.
 */
@Injectable()
export class Attempts {
  private readonly limiters = new Map<string, RateLimiterAbstract>();
  private readonly wrongCodes;

  constructor(client: RedisClient, config: AuthConfig, metrics: Metrics) {
    const budget = { points: config.wrongCodeBudget, duration: 3600 };
    for (const guessed of GUESSED) {
      this.limiters.set(`${guessed} budget`, limiterOf(client, guessed, 'budget', budget));
      for (const scope of SCOPES) this.limiters.set(`${guessed} ${scope}`, limiterOf(client, guessed, scope));
    }
    this.wrongCodes = metrics.counter('open_cpo_wrong_codes_total', 'Verification codes that were wrong.');
  }

  /**
   * Counts a guess before it is looked at, so that many at once are not more than one after the other. It does not
   * matter whether the account exists. `known`: its owner has used the caller's network before.
   * @returns nothing, or that the guess is rejected unless the caller is let in from a known network
   * @throws Refusal `too_many_requests` when nothing is looked at
   */
  async spend(guessed: Guessed, email: string, caller: Caller, known: boolean): Promise<Held | undefined> {
    await this.spendOfAddress(guessed, caller);
    const [pair, account] = [pairKey(email, caller), hashed(email)];
    const own = await this.consume(guessed, 'pair', pair);
    const all = known ? undefined : await this.consumeOfAccount(guessed, account, own.consumed <= 1);
    if (own.within && all?.within !== false) return undefined;
    const slot = await this.consume(guessed, 'slot', own.within ? account : pair);
    if (slot.within) return undefined;
    if (own.consumed > LIMITS[guessed].reserve) throw tooMany(slot.seconds);
    return { retryAfter: slot.seconds };
  }

  /** The same for a guess at nothing that is known. */
  async spendOfAddress(guessed: Guessed, { ip }: Caller): Promise<void> {
    if (!ip) return;
    const standing = await this.consume(guessed, 'address', addressKey(ip));
    if (!standing.within) throw tooMany(standing.seconds);
  }

  /**
   * After a right one: the pair is clean again, and the others get this one back. `known` as it was when it was counted:
   * what was not taken from the account's budget does not go back to it.
   */
  async clear(guessed: Guessed, email: string, caller: Caller, known: boolean): Promise<void> {
    await this.clearPair(guessed, email, caller);
    if (!known) await this.limiter(guessed, 'account').reward(hashed(email));
    if (caller.ip) await this.limiter(guessed, 'address').reward(addressKey(caller.ip));
  }

  /** Where nothing was counted. */
  async clearPair(guessed: Guessed, email: string, caller: Caller): Promise<void> {
    await this.limiter(guessed, 'pair').delete(pairKey(email, caller));
  }

  /**
   * Counts wrong codes over the whole platform. While an hour's budget of them is spent, networks that the owner has
   * never used get a few guesses an hour each.
   */
  async wrongCode(guessed: GuessedCode): Promise<void> {
    this.wrongCodes.inc();
    await this.limiter(guessed, 'budget')
      .consume('all')
      .catch(() => undefined);
  }

  /** @throws Refusal `too_many_requests` for a stranger's code while the platform's budget of wrong ones is spent */
  async spendBudget(guessed: GuessedCode, { ip }: Caller, known: boolean): Promise<void> {
    if (known) return;
    const spent = await this.limiter(guessed, 'budget')
      .get('all')
      .catch(() => null);
    if (!spent || spent.remainingPoints > 0) return;
    const standing = await this.consume(guessed, 'tightened', ip ? addressKey(ip) : '');
    if (!standing.within) throw tooMany(standing.seconds);
  }

  private async consumeOfAccount(guessed: Guessed, account: string, isFirst: boolean): Promise<AttemptState> {
    const state = await this.consume(guessed, 'account', account);
    return state.within || !isFirst ? state : this.consume(guessed, 'fresh', account);
  }

  private async consume(guessed: Guessed, scope: Scope, key: string): Promise<AttemptState> {
    try {
      const { consumedPoints } = await this.limiter(guessed, scope).consume(key);
      return { within: true, consumed: consumedPoints, seconds: 0 };
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      return { within: false, consumed: error.consumedPoints, seconds };
    }
  }

  private limiter(guessed: Guessed, scope: Scope | 'budget'): RateLimiterAbstract {
    return this.limiters.get(`${guessed} ${scope}`) as RateLimiterAbstract;
  }
}

const pairKey = (email: string, { ip = '' }: Caller): string => hashed(`${email} ${rateLimitNetwork(ip)}`);

const tooMany = (retryAfter: number): Refusal => new Refusal('too_many_requests', { retryAfter });
