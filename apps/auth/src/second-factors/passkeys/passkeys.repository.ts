import { Injectable } from '@nestjs/common';
import { columnsBut, type RowOf, Transactions } from '@open-cpo/persistence';
import { PasskeyEntity } from './passkey.entity';

export type PasskeyRow = RowOf<typeof COLUMNS>;
export type NewPasskey = Omit<PasskeyRow, 'id' | 'counter' | 'createdAt' | 'lastUsedAt'> & { readonly counter: number };

const COLUMNS = columnsBut(PasskeyEntity, 'passkeys', 'user');
const OF_USER = `select ${COLUMNS} from passkeys where user_id = $1 order by id limit 100`;
const ADD = `
  insert into passkeys (user_id, credential_id, public_key, counter, transports, name, backed_up)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${COLUMNS}`;
// Two answers at once are counted one after the other.
const LOCK = `select ${COLUMNS} from passkeys where credential_id = $1 for no key update`;
const USED = 'update passkeys set counter = $2, backed_up = $3, last_used_at = now() where id = $1';
const REMOVE = 'delete from passkeys where id = $1 and user_id = $2 returning name';
const USE_CHALLENGE = `
  insert into used_passkey_challenges (hash, expires_at) values ($1, to_timestamp($2)) on conflict do nothing
  returning hash`;

/** The tables of passkeys. */
@Injectable()
export class PasskeyTable {
  constructor(private readonly transactions: Transactions) {}

  ofUser(userId: number): Promise<PasskeyRow[]> {
    return this.transactions.query<PasskeyRow>(OF_USER, [userId]);
  }

  /** Nothing when its id is taken. */
  add(key: NewPasskey): Promise<PasskeyRow | undefined> {
    const { userId, credentialId, publicKey, counter, transports, name, backedUp } = key;
    return this.transactions.first<PasskeyRow>(ADD, [
      userId,
      credentialId,
      publicKey,
      counter,
      transports,
      name,
      backedUp,
    ]);
  }

  lock(credentialId: string): Promise<PasskeyRow | undefined> {
    return this.transactions.first<PasskeyRow>(LOCK, [credentialId], 'passkeys.lock');
  }

  async used(id: number, counter: number, backedUp: boolean): Promise<void> {
    await this.transactions.query(USED, [id, counter, backedUp], 'passkeys.used');
  }

  /** The name of what was removed; nothing for what is not the user's. */
  async remove(id: number, userId: number): Promise<string | undefined> {
    return (await this.transactions.first<{ name: string }>(REMOVE, [id, userId]))?.name;
  }

  /** False when it was used before. */
  async useChallenge(hash: Buffer, expiresAt: number): Promise<boolean> {
    const insert = () => this.transactions.query(USE_CHALLENGE, [hash, expiresAt], 'passkeys.use-challenge');
    return (await this.transactions.asService(insert)).length > 0;
  }
}
