import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Account } from './account.entity';
import { User } from './user.entity';
import { SELECT_USER, type UserRow } from './user.row';

const BY_ID = `${SELECT_USER} where u.id = $1 and u.status <> 'removed'`;
const BY_EMAIL = `${SELECT_USER} where u.email = $1 and u.status <> 'removed'`;
// A login waits for a change of the password that is under way, and one that comes later waits for the login.
const STILL = `
  select 1 from users where id = $1 and password_hash is not distinct from $2 and status <> 'removed' for share`;
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

  byId(id: number): Promise<UserRow | undefined> {
    return this.transactions.first<UserRow>(BY_ID, [id], 'users.by-id');
  }

  byEmail(email: string): Promise<UserRow | undefined> {
    return this.transactions.firstOfAny<UserRow>(BY_EMAIL, [email], 'users.by-email');
  }

  /** Whether the password is still the one that was checked; it stays so until the transaction ends. */
  async holdsPassword(id: number, passwordHash: string | null): Promise<boolean> {
    return (await this.transactions.query(STILL, [id, passwordHash], 'users.still')).length > 0;
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
