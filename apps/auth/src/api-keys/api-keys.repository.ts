import { Injectable } from '@nestjs/common';
import type { ApiKeyOwner } from '@open-cpo/contracts';
import { ownedRead, Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { ApiKeyEntity } from './api-key.entity';
import { matches, parsedKey } from './api-key.secret';
import type { ApiKeyRow } from './api-key.views';

const SELECT = `
  select k.id, k.name, k.account_id, k.last_used_at as "lastUsedAt", k.created_at as "createdAt",
    k.created_by as "createdBy", trim(u.first_name || ' ' || u.last_name) as "createdByName", k.scope,
    k.expires_at as "expiresAt"
  from api_keys k join users u on u.id = k.created_by where k.revoked_at is null`;
const OF_ACCOUNT = `${SELECT} and k.account_id = $1 order by k.id desc`;
const ONE = ownedRead(`${SELECT} and k.id = $1`, 'api-keys.by-id');
// It ends with the membership of its creator, and when the account is locked.
const CHECK = `
  select k.account_id as "accountId", k.hash, k.created_by as "createdBy", k.scope, k.expires_at as "expiresAt",
    coalesce(k.last_used_at < now() - interval '1 minute', true) as due
  from api_keys k join accounts a on a.id = k.account_id
    join users u on u.id = k.created_by and u.account_id = k.account_id and u.status = 'active'
  where k.id = $1 and k.revoked_at is null and a.locked_at is null and (k.expires_at is null or k.expires_at > now())`;
// The condition again: of many requests at once, one notes the use.
const USED = `
  update api_keys set last_used_at = now()
  where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
const REVOKE = 'update api_keys set revoked_at = now() where id = $1 and revoked_at is null returning 1';
const REVOKE_OF = 'update api_keys set revoked_at = now() where created_by = $1 and revoked_at is null returning id';
const REVOKE_OF_ACCOUNT = `
  update api_keys set revoked_at = now() where account_id = $1 and revoked_at is null returning id`;
const LOCK_ACCOUNT = 'select 1 from accounts where id = $1 for no key update';

type Checked = Pick<ApiKeyEntity, 'accountId' | 'hash' | 'createdBy' | 'scope' | 'expiresAt'> & {
  readonly due: boolean;
};

interface Owned extends ApiKeyRow {
  readonly account_id: number;
}

/** The keys that are in force. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly transactions: Transactions,
    private readonly log: Log,
  ) {}

  /** Newest first. */
  ofAccount(accountId: number): Promise<ApiKeyRow[]> {
    return this.transactions.query<ApiKeyRow>(OF_ACCOUNT, [accountId], 'api-keys.of-account');
  }

  /** @throws Refusal `not_found`, `forbidden` */
  owned(id: number, accountId: number): Promise<Owned> {
    return this.transactions.owned<Owned>(ONE, accountId, [id]);
  }

  /** Part of a transaction: until it ends, no other transaction adds a key to the account. */
  async lockAccount(accountId: number): Promise<void> {
    await this.transactions.query(LOCK_ACCOUNT, [accountId]);
  }

  add(
    key: Pick<ApiKeyEntity, 'accountId' | 'name' | 'hash' | 'createdBy' | 'scope' | 'expiresAt'>,
  ): Promise<ApiKeyEntity> {
    const table = this.transactions.manager.getRepository(ApiKeyEntity);
    return table.save(table.create({ ...key, lastUsedAt: null, revokedAt: null }));
  }

  /** False when somebody else was faster. */
  async revoke(id: number): Promise<boolean> {
    return (await this.transactions.query(REVOKE, [id])).length > 0;
  }

  /** All that one user made; answers which. */
  async revokeOf(userId: number): Promise<number[]> {
    return (await this.transactions.query<{ id: number }>(REVOKE_OF, [userId])).map(({ id }) => id);
  }

  /** All of an account; answers which. */
  async revokeOfAccount(accountId: number): Promise<number[]> {
    return (await this.transactions.query<{ id: number }>(REVOKE_OF_ACCOUNT, [accountId])).map(({ id }) => id);
  }

  /** Whose key it is, as sent by a client; nothing when it is malformed, unknown or revoked. Notes the use. */
  async check(text: string): Promise<ApiKeyOwner | undefined> {
    const key = parsedKey(text);
    if (!key) return undefined;
    const row = await this.transactions.first<Checked>(CHECK, [key.id], 'api-keys.check');
    if (!row || !matches(key.secret, row.hash)) return undefined;
    if (row.due) await this.noteUse(key.id);
    const { accountId, createdBy, scope, expiresAt } = row;
    return { keyId: key.id, accountId, createdBy, scope, expiresAt: expiresAt && expiresAt.getTime() };
  }

  /** A key is no less valid for a note that could not be written. */
  private async noteUse(id: number): Promise<void> {
    try {
      await this.transactions.query(USED, [id], 'api-keys.used');
    } catch (error) {
      this.log.warn('The use of an API key was not noted', { keyId: id, error });
    }
  }
}
