import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { ApiKeyEnds } from '../api-keys/api-key-ends';
import { type Addressee, Notices } from '../notices/notices';
import { Revocations } from '../sessions/revocations';
import { UserChanges } from '../users/user-changes';
import { InvitationEnds } from './invitation-ends';
import { Members, type OwnedMember } from './members.repository';

export interface MemberEnd {
  readonly action: 'members.delete' | 'members.leave';
  readonly caller: Caller;
  /** Who ends it where no user is logged in: the owner with whom the account ends. */
  readonly by?: number;
}

/** Ends a membership with the member's tokens, API keys and open invitations, or an invitation. */
@Injectable()
export class MemberEnds {
  constructor(
    private readonly members: Members,
    private readonly invitations: InvitationEnds,
    private readonly keys: ApiKeyEnds,
    private readonly revocations: Revocations,
    private readonly changes: UserChanges,
    private readonly notices: Notices,
    private readonly audit: Audit,
  ) {}

  /** Part of a transaction in which the member's account is locked. */
  async end(member: OwnedMember, { action, caller, by }: MemberEnd): Promise<void> {
    const { id, account_id: accountId, email, role, status } = member;
    const also = await this.concerned(member);
    await this.members.remove(member);
    const before = { email, role, status };
    await this.audit.write({ action, subject: 'member', id, of: { id: by, accountId }, before }, caller);
    const kind = action === 'members.leave' ? 'member-left' : 'member-removed';
    const details = { member: email, before: role };
    await this.notices.tell({ kind, accountId, userId: caller.identity?.userId, details, also });
    if (status === 'invited') return;
    await this.keys.endUser(id);
    await this.invitations.endUser({ id, accountId }, caller);
    await this.revocations.endUser(id);
    await this.changes.tellUser(id);
  }

  /** A member gets a mail about it; an invited user who has not accepted does not. */
  async concerned({ id, status }: OwnedMember): Promise<Addressee[]> {
    const addressee = status === 'active' ? await this.members.addressee(id) : undefined;
    return addressee ? [addressee] : [];
  }
}
