import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { apiKeyRevoked, type Caller, Refusal, sessions } from '@open-cpo/contracts';
import { Bus, Facts } from '@open-cpo/messaging';
import { LRUCache } from 'lru-cache';

const FORM = /^[1-9]\d{0,9}\|[\w-]{20,128}$/;
/** Milliseconds for which a key is not asked about again: its last use is so exact, its end comes by event. */
const REMEMBERED = 60_000;

/** Checks the header `API-KEY`, which every operation may carry. */
@Injectable()
export class ApiKeys {
  // By hash: the key itself stays out of memory dumps.
  private readonly known = new LRUCache<string, { keyId: number; accountId: number }>({ max: 10_000, ttl: REMEMBERED });

  constructor(
    private readonly bus: Bus,
    facts: Facts,
  ) {
    facts.watch(apiKeyRevoked, ({ keyId }) => {
      const hashes = [...this.known.entries()].filter(([, owner]) => owner.keyId === keyId).map(([hash]) => hash);
      hashes.forEach((hash) => this.known.delete(hash));
    });
  }

  /**
   * The account of the key; `undefined` when none was sent.
   * @throws Refusal `api_key_invalid` for a malformed, unknown or revoked one.
   */
  async accountOf(header: string | string[] | undefined, caller: Caller): Promise<number | undefined> {
    if (header === undefined) return undefined;
    if (typeof header !== 'string' || !FORM.test(header)) throw new Refusal('api_key_invalid');
    const hash = createHash('sha256').update(header).digest('base64');
    const known = this.known.get(hash);
    if (known) return known.accountId;
    const owner = await this.bus.call(sessions.apiKey, { key: header }, caller);
    this.known.set(hash, owner);
    return owner.accountId;
  }
}
