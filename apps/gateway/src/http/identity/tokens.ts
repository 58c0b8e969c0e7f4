import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type Caller, keysChanged, type PublicKey, Refusal, sessions, type TokenClaims } from '@open-cpo/contracts';
import { Broadcast, Bus, internalCaller } from '@open-cpo/messaging';
import { LRUCache } from 'lru-cache';
import { GatewayConfig } from '../../config';

/** Milliseconds between two readings of the keys on behalf of tokens that name an unknown one. */
const REREAD_INTERVAL_MS = 5000;
const MAX_TOKEN_LENGTH = 4096;
/** Milliseconds after which the keys are read again without an event of a change: events can be missed. */
const KEYS_MAX_AGE_MS = 5 * 60_000;
/** Seconds by which clocks may differ. */
export const CLOCK_TOLERANCE_S = 5;

/**
 * Verifies access tokens by the public keys of auth: only ES256, by `kid`. A verified token is cached until it expires;
 * revocation is checked for each request, see `Revocations`.
 */
@Injectable()
export class Tokens {
  private readonly verifiedTokens = new LRUCache<string, TokenClaims>({ max: 20_000 });
  /** PEM by `kid`. */
  private keys = new Map<string, string>();
  private read = 0;
  private tried = 0;
  private reading?: Promise<void>;

  constructor(
    private readonly bus: Bus,
    private readonly jwt: JwtService,
    private readonly config: GatewayConfig,
    broadcast: Broadcast,
  ) {
    broadcast.subscribe(keysChanged, () => {
      this.read = 0;
      this.tried = 0;
      this.refresh(internalCaller());
    });
  }

  /** @throws Refusal `unauthenticated`, or `service_unavailable` while the keys cannot be had. */
  async verified(token: string, caller: Caller): Promise<TokenClaims> {
    this.refresh(caller);
    const known = this.verifiedTokens.get(token);
    if (known && known.exp * 1000 > Date.now()) return known;
    if (token.length > MAX_TOKEN_LENGTH) throw new Refusal('unauthenticated');
    const key = await this.keyFor(token, caller);
    const claims = this.claims(token, key);
    this.verifiedTokens.set(token, claims, { ttl: Math.max(1, claims.exp * 1000 - Date.now()) });
    return claims;
  }

  private claims(token: string, publicKey: string): TokenClaims {
    try {
      const claims = this.jwt.verify<TokenClaims>(token, {
        algorithms: ['ES256'],
        publicKey,
        issuer: this.config.issuer,
        clockTolerance: CLOCK_TOLERANCE_S,
      });
      if (claims.iat > Date.now() / 1000 + CLOCK_TOLERANCE_S) throw new Error('issued in the future');
      if (!Number.isInteger(claims.data?.user_id) || typeof claims.jti !== 'string') throw new Error('foreign claims');
      return claims;
    } catch (cause) {
      throw new Refusal('unauthenticated', { cause });
    }
  }

  private async keyFor(token: string, caller: Caller): Promise<string> {
    const kid = kidOf(token);
    if (!this.keys.has(kid) && Date.now() - this.read > REREAD_INTERVAL_MS) await this.readKeys(caller);
    const key = this.keys.get(kid);
    if (!key) throw new Refusal('unauthenticated');
    return key;
  }

  /** Reads the keys again, beside the request that notices; while auth is unavailable, known ones are used. */
  private refresh(caller: Caller): void {
    const now = Date.now();
    if (this.keys.size === 0 || now - this.read < KEYS_MAX_AGE_MS || now - this.tried < REREAD_INTERVAL_MS) return;
    this.tried = now;
    this.readKeys(caller).catch(() => undefined);
  }

  /** One reading at a time, however many requests wait for it. */
  private readKeys(caller: Caller): Promise<void> {
    this.reading ??= this.bus
      .call(sessions.keys, {}, caller)
      .then((keys) => this.take(keys))
      .finally(() => (this.reading = undefined));
    return this.reading;
  }

  private take(keys: readonly PublicKey[]): void {
    const known = new Map(keys.map((jwk) => [jwk.kid, pemOf(jwk)]));
    const isChanged = [...this.keys].some(([kid, pem]) => known.get(kid) !== pem);
    if (isChanged) this.verifiedTokens.clear();
    this.keys = known;
    this.read = Date.now();
  }
}

const pemOf = ({ kty, crv, x, y }: PublicKey): string =>
  createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }) as string;

/** The key that a token names, read from its header alone: nothing else of it is believed before it is verified. */
function kidOf(token: string): string {
  try {
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as {
      kid?: unknown;
    } | null;
    if (typeof header?.kid === 'string') return header.kid;
  } catch {
    // Refused below.
  }
  throw new Refusal('unauthenticated');
}
