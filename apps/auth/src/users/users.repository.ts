import { Injectable } from '@nestjs/common';
import { acrossAccounts, Transactions } from '@open-cpo/persistence';
import { Account } from './account.entity';
import { User } from './user.entity';
import { SELECT_USER, type UserRow } from './user.row';

const BY_ID = acrossAccounts(
  'the user of a token may have joined another account since',
  `${SELECT_USER} where u.id = $1 and u.status <> 'removed'`,
  'users.by-id',
);
const BY_EMAIL = acrossAccounts(
  'an address has one user in the installation',
  `${SELECT_USER} where u.email = $1 and u.status <> 'removed'`,
  'users.by-email',
);
// Issuing waits for a change of the credentials that is under way, and a change that comes later waits for the issuing.
const HOLD = `select 1 from users where id = $1 and credential_version = $2 and status = 'active' for share`;
const VERSION = `
  select u.credential_version as version from users u join accounts a on a.id = u.account_id
  where u.id = $1 and u.status = 'active' and a.locked_at is null for share of u`;
const RAISE = `
  update users set credential_version = credential_version + 1 where id = $1
  returning credential_version as version`;
const LOCK = 'select 1 from users where id = $1 for no key update';

export type NewAccount = Pick<Account, 'countryId' | 'currency' | 'vatId'>;
export type NewUser = Pick<
  User,
  'email' | 'passwordHash' | 'role' | 'status' | 'firstName' | 'lastName' | 'contactNumber' | 'language'
>;

/** Users and their accounts. */
@Injectable()
export class Users {
  constructor(private readonly transactions: Transactions) {}

  /** Whatever account it is in: a user may have joined another one since their token was issued. */
  byId(id: number): Promise<UserRow | undefined> {
    return this.transactions.firstAcrossAccounts<UserRow>(BY_ID, [id]);
  }

  byEmail(email: string): Promise<UserRow | undefined> {
    return this.transactions.firstAcrossAccounts<UserRow>(BY_EMAIL, [email]);
  }

  /** Whether the credentials are still those that were checked; they stay so until the transaction ends. */
  async holdCredentials(id: number, version: number): Promise<boolean> {
    return (await this.transactions.query(HOLD, [id, version], 'users.hold-credentials')).length > 0;
  }

  /** The counter of an active user of an account that is not locked; it stays as it is until the transaction ends. */
  async credentialVersion(id: number): Promise<number | undefined> {
    return (await this.transactions.first<{ version: number }>(VERSION, [id], 'users.credential-version'))?.version;
  }

  /** Waits for tokens that are being issued, and keeps further ones from it. Answers the new counter. */
  async raiseCredentialVersion(id: number): Promise<number> {
    return (await this.transactions.first<{ version: number }>(RAISE, [id]))?.version ?? 0;
  }

  /** Nobody else changes the user until the transaction ends. */
  async lock(id: number): Promise<void> {
    await this.transactions.query(LOCK, [id], 'users.lock');
  }

  async change(id: number, changes: Partial<Omit<User, 'id' | 'account'>>): Promise<void> {
    await this.transactions.manager.update(User, id, changes);
  }

  async changeAccount(id: number, changes: Partial<Omit<Account, 'id'>>): Promise<void> {
    await this.transactions.manager.update(Account, id, changes);
  }

  /** An account with its first user, who owns it. */
  async found(account: NewAccount, owner: NewUser): Promise<UserRow> {
    const { manager } = this.transactions;
    const { id: accountId } = await manager.save(Account, manager.create(Account, account));
    const { id } = await manager.save(User, manager.create(User, { ...owner, accountId }));
    return (await this.byId(id)) as UserRow;
  }
}
