import { Injectable } from '@nestjs/common';
import { type Caller, may, ownerOf, type Permission, Refusal, type Role } from '@open-cpo/contracts';
import { Users } from './users.repository';

/**
 * The rights of callers at this moment. The gateway has checked them, but they can end while the call is under way, and an
 * invitation, a role or an API key would outlast them.
 */
@Injectable()
export class CurrentRights {
  constructor(private readonly users: Users) {}

  /**
   * Part of a transaction in which the caller's account is locked. Answers the caller's present role.
   * @throws Refusal `unauthenticated` when the caller is no member of the account any more, `forbidden`
   */
  async check(permission: Permission, caller: Caller): Promise<Role> {
    const { userId, accountId } = ownerOf(caller);
    const user = await this.users.byId(userId);
    if (user?.accountId !== accountId || user.status !== 'active') throw new Refusal('unauthenticated');
    if (!may(user.role, permission)) throw new Refusal('forbidden');
    return user.role;
  }
}
