import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ApiKeyOwner, apiKeyRevoked, type Caller, Refusal, sessions } from '@open-cpo/contracts';
import { Broadcast, Bus } from '@open-cpo/messaging';
import { LRUCache } from 'lru-cache';
import { Limits } from '../limits/limits';
import { Snapshots } from './snapshots';

const FORM = /^[1-9]\d{0,9}\|[\w-]{20,128}$/;
/** Milliseconds for which a key is not looked up again: the accuracy of its last use; its revocation comes by event. */
const CACHE_TTL_MS = 60_000;

/** Checks the header `API-KEY`, which every operation may carry. */
@Injectable()
export class ApiKeys {
  // By hash: the key itself stays out of memory dumps.
  private readonly known = new LRUCache<string, ApiKeyOwner>({ max: 10_000, ttl: CACHE_TTL_MS });

  constructor(
    private readonly bus: Bus,
    private readonly limits: Limits,
    private readonly snapshots: Snapshots,
    broadcast: Broadcast,
  ) {
    broadcast.subscribe(apiKeyRevoked, ({ keyId }) => {
      const hashes = [...this.known.entries()].filter(([, owner]) => owner.keyId === keyId).map(([hash]) => hash);
      hashes.forEach((hash) => this.known.delete(hash));
    });
  }

  /**
   * The key's owner and scope; `undefined` when none was sent. It ends with the rights of its creator, at once: gateways
   * receive every change of a user.
   * @throws Refusal `api_key_invalid` for a malformed, unknown, revoked or expired one, and one of a removed member, of a
   * locked account, or of a member without the second factor that the account requires.
   */
  async ownerOf(header: string | string[] | undefined, caller: Caller): Promise<ApiKeyOwner | undefined> {
    if (header === undefined) return undefined;
    if (typeof header !== 'string' || !FORM.test(header)) throw new Refusal('api_key_invalid');
    const hash = createHash('sha256').update(header).digest('base64');
    const owner = this.known.get(hash) ?? (await this.lookUp(hash, header, caller));
    if (owner.expiresAt !== null && owner.expiresAt <= Date.now()) throw new Refusal('api_key_invalid');
    const { active, accountId, secondFactorMissing } = await this.snapshots.of(owner.createdBy, caller);
    if (!active || secondFactorMissing || accountId !== owner.accountId) throw new Refusal('api_key_invalid');
    return owner;
  }

  private async lookUp(hash: string, key: string, caller: Caller): Promise<ApiKeyOwner> {
    const owner = await this.limits.guess(caller.ip, () => this.bus.call(sessions.apiKey, { key }, caller));
    this.known.set(hash, owner);
    return owner;
  }
}
