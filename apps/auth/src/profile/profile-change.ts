import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { UserChanges } from '../users/user-changes';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import type { accountChanges, userChanges } from './profile.rules';

const isEmpty = (changes: object): boolean => Object.keys(changes).length === 0;

/** The same fields as they were. */
const before = (user: UserRow, changes: object): object =>
  Object.fromEntries(Object.keys(changes).map((key) => [key, user[key as keyof UserRow]]));

/** Writes changes of a profile with their audit entries, and publishes them. */
@Injectable()
export class ProfileChange {
  constructor(
    private readonly users: Users,
    private readonly changes: UserChanges,
    private readonly audit: Audit,
  ) {}

  async apply(
    user: UserRow,
    own: ReturnType<typeof userChanges>,
    account: ReturnType<typeof accountChanges>,
    caller: Caller,
  ): Promise<void> {
    if (isEmpty(own) && isEmpty(account)) this.audit.unchanged();
    if (!isEmpty(own)) {
      await this.users.change(user.id, own);
      const entry = { action: 'users.update', subject: 'user', id: user.id };
      await this.audit.write({ ...entry, before: before(user, own), after: own }, caller);
    }
    if (isEmpty(account)) return;
    await this.users.changeAccount(user.accountId, account);
    const entry = { action: 'accounts.update', subject: 'account', id: user.accountId };
    await this.audit.write({ ...entry, before: before(user, account), after: account }, caller);
    await this.changes.tellAccount(user.accountId);
  }
}
