import { createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type Caller, keysChanged, type PublicKey, Refusal, sessions, type TokenClaims } from '@open-cpo/contracts';
import { Bus, Facts } from '@open-cpo/messaging';
import { LRUCache } from 'lru-cache';

export interface VerifiedToken {
  readonly claims: TokenClaims;
}

/** Milliseconds between two readings of the keys on behalf of tokens that name an unknown one. */
const REREAD_AFTER = 5000;
const LONGEST_TOKEN = 4096;

/**
 * Verifies access tokens by the public keys of auth: ES256 alone, by `kid`. A verified token is remembered until it
 * ends; whether it was revoked is asked anew each time, elsewhere.
 */
@Injectable()
export class Tokens {
  private readonly verifiedTokens = new LRUCache<string, VerifiedToken>({ max: 20_000 });
  private keys = new Map<string, KeyObject>();
  private read = 0;
  private reading?: Promise<void>;

  constructor(
    private readonly bus: Bus,
    private readonly jwt: JwtService,
    facts: Facts,
  ) {
    facts.watch(keysChanged, () => {
      this.read = 0;
      this.keys.clear();
      this.verifiedTokens.clear();
    });
  }

  /** @throws Refusal `unauthenticated`, or `service_unavailable` while the keys cannot be had. */
  async verified(token: string, caller: Caller): Promise<VerifiedToken> {
    const known = this.verifiedTokens.get(token);
    if (known && known.claims.exp * 1000 > Date.now()) return known;
    if (token.length > LONGEST_TOKEN) throw new Refusal('unauthenticated');
    const key = await this.keyFor(token, caller);
    const verified = { claims: this.claims(token, key) };
    this.verifiedTokens.set(token, verified, { ttl: Math.max(1, verified.claims.exp * 1000 - Date.now()) });
    return verified;
  }

  private claims(token: string, key: KeyObject): TokenClaims {
    try {
      const claims = this.jwt.verify<TokenClaims>(token, {
        algorithms: ['ES256'],
        publicKey: key.export({ type: 'spki', format: 'pem' }),
        clockTolerance: 5,
      });
      if (!Number.isInteger(claims.data?.user_id) || typeof claims.jti !== 'string') throw new Error('foreign claims');
      return claims;
    } catch (cause) {
      throw new Refusal('unauthenticated', { cause });
    }
  }

  private async keyFor(token: string, caller: Caller): Promise<KeyObject> {
    const decoded: unknown = this.jwt.decode(token, { complete: true });
    const kid = (decoded as { header?: { kid?: unknown } } | null)?.header?.kid;
    if (typeof kid !== 'string') throw new Refusal('unauthenticated');
    if (!this.keys.has(kid) && Date.now() - this.read > REREAD_AFTER) await this.readKeys(caller);
    const key = this.keys.get(kid);
    if (!key) throw new Refusal('unauthenticated');
    return key;
  }

  /** One reading at a time, however many requests wait for it. */
  private readKeys(caller: Caller): Promise<void> {
    this.reading ??= this.bus
      .call(sessions.keys, {}, caller)
      .then((keys) => {
        this.keys = new Map(keys.map((jwk) => [jwk.kid, publicKey(jwk)]));
        this.read = Date.now();
      })
      .finally(() => (this.reading = undefined));
    return this.reading;
  }
}

const publicKey = ({ kty, crv, x, y }: PublicKey): KeyObject =>
  createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
