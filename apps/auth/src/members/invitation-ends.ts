import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { Invitations, type Withdrawn } from './invitations.repository';

interface Inviter {
  readonly id: number;
  readonly accountId: number;
}

/** Open invitations end when their inviter may not invite any more: a removed member could otherwise return by one. */
@Injectable()
export class InvitationEnds {
  constructor(
    private readonly invitations: Invitations,
    private readonly audit: Audit,
  ) {}

  /** Those that a user has made. Part of a transaction in which the user's account is locked. */
  async endUser({ id: userId, accountId }: Inviter, caller: Caller): Promise<void> {
    const withdrawn = await this.invitations.withdrawOf(accountId, userId);
    await this.tell(withdrawn, { id: userId, accountId }, caller);
  }

  /** All of an account that ends with a user. */
  async endAccount(of: Inviter, caller: Caller): Promise<void> {
    await this.tell(await this.invitations.withdrawOf(of.accountId), of, caller);
  }

  private async tell(withdrawn: readonly Withdrawn[], of: Inviter, caller: Caller): Promise<void> {
    for (const { id, email, role, invitedBy } of withdrawn) {
      const before = { email, role, status: 'invited', invited_by: invitedBy };
      await this.audit.write({ action: 'members.delete', subject: 'member', id, of, before }, caller);
    }
  }
}
