import { Injectable } from '@nestjs/common';
import type { ApiKeyOwner } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { ApiKeyEntity } from './api-key.entity';
import { matches, parsedKey } from './api-key.secret';
import type { ApiKeyRow } from './api-key.views';

const COLUMNS = 'id, name, account_id as "accountId", last_used_at as "lastUsedAt", created_at as "createdAt"';
const OF_ACCOUNT = `select ${COLUMNS} from api_keys where account_id = $1 and revoked_at is null order by id desc`;
const BY_ID = `select ${COLUMNS} from api_keys where id = $1 and revoked_at is null`;
const CHECK = `
  select account_id as "accountId", hash, coalesce(last_used_at < now() - interval '1 minute', true) as due
  from api_keys where id = $1 and revoked_at is null`;
// The condition again: of many requests at once, one notes the use.
const USED = `
  update api_keys set last_used_at = now()
  where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
const REVOKE = 'update api_keys set revoked_at = now() where id = $1 and revoked_at is null returning 1';
const LOCK_ACCOUNT = 'select 1 from accounts where id = $1 for no key update';

interface Owned extends ApiKeyRow {
  readonly accountId: number;
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

  byId(id: number): Promise<Owned | undefined> {
    return this.transactions.firstOfAny<Owned>(BY_ID, [id], 'api-keys.by-id');
  }

  /** Part of a transaction: until it ends, nobody else adds a key to the account. */
  async lockAccount(accountId: number): Promise<void> {
    await this.transactions.query(LOCK_ACCOUNT, [accountId]);
  }

  add(key: Pick<ApiKeyEntity, 'accountId' | 'name' | 'hash' | 'createdBy'>): Promise<ApiKeyEntity> {
    const table = this.transactions.manager.getRepository(ApiKeyEntity);
    return table.save(table.create({ ...key, lastUsedAt: null, revokedAt: null }));
  }

  /** False when somebody else was faster. */
  async revoke(id: number): Promise<boolean> {
    return (await this.transactions.query(REVOKE, [id])).length > 0;
  }

  /** Whose key it is, as sent by a client; nothing when it is malformed, unknown or revoked. Notes the use. */
  async check(text: string): Promise<ApiKeyOwner | undefined> {
    const key = parsedKey(text);
    if (!key) return undefined;
    const row = await this.transactions.first<{ accountId: number; hash: Buffer; due: boolean }>(
      CHECK,
      [key.id],
      'api-keys.check',
    );
    if (!row || !matches(key.secret, row.hash)) return undefined;
    if (row.due) await this.noteUse(key.id);
    return { keyId: key.id, accountId: row.accountId };
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
