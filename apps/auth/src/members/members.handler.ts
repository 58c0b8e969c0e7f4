import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeMember,
  FieldErrors,
  type HandlersOf,
  type InviteMember,
  may,
  type Member,
  type MemberRef,
  members,
  MOST_MEMBERS,
  type Nothing,
  ownerOf,
  Refusal,
  type Role,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { Notices } from '../notices/notices';
import { CurrentRights } from '../users/current-rights';
import { UserChanges } from '../users/user-changes';
import { InvitationEnds } from './invitation-ends';
import { Inviting } from './inviting';
import { MemberEnds } from './member-ends';
import { memberView } from './member.views';
import { Members, type OwnedMember } from './members.repository';
import { obstacle, OBSTACLE_TEXTS } from './members.rules';

const FULL = `An account can have at most ${MOST_MEMBERS} members.`;

interface Intended {
  readonly member: OwnedMember;
  /** Role of the caller. */
  readonly by: Role;
  /** Absent where the membership ends. */
  readonly to?: Role;
}

/** The people who share an owner's account. */
@Controller()
export class MembersHandler implements HandlersOf<typeof members> {
  constructor(
    private readonly repository: Members,
    private readonly inviting: Inviting,
    private readonly audit: Audit,
    private readonly changes: UserChanges,
    private readonly ends: MemberEnds,
    private readonly invitations: InvitationEnds,
    private readonly notices: Notices,
    private readonly rights: CurrentRights,
  ) {}

  @Handles(members.all)
  async all(_: Nothing, caller: Caller): Promise<Member[]> {
    return (await this.repository.ofAccount(ownerOf(caller).accountId)).map(memberView);
  }

  @Handles(members.invite, { finishesValidation: true })
  async invite(input: InviteMember, caller: Caller, errors: FieldErrors): Promise<Member> {
    const by = ownerOf(caller);
    await this.repository.lockAccount(by.accountId);
    await this.rights.check('members.create', caller);
    const present = await this.repository.ofAccount(by.accountId);
    // Only of the own account: whether an address is taken elsewhere is not disclosed.
    if (present.some(({ email }) => email === input.email)) errors.add('email', 'The email has already been taken.');
    if (present.length >= MOST_MEMBERS) errors.add('email', FULL);
    errors.throwIfAny();
    const member = await this.inviting.invite(input, by, caller);
    const { id, email, role } = member;
    await this.audit.write({ subject: 'member', id, after: { email, role } }, caller);
    await this.notices.tellOwn('member-invited', { member: email, after: role }, caller);
    return memberView(member);
  }

  @Handles(members.change, { finishesValidation: true })
  async change({ id, role }: ChangeMember, caller: Caller, errors: FieldErrors): Promise<Member> {
    const member = await this.owned(id, caller);
    const by = await this.rights.check('members.update', caller);
    errors.throwIfAny();
    if (role === undefined || role === member.role) {
      this.audit.unchanged();
      return memberView(member);
    }
    await this.check({ member, by, to: role }, caller);
    await this.repository.setRole(member, role);
    const [before, after] = [{ role: member.role }, { role }];
    await this.audit.write({ subject: 'member', id, before, after }, caller);
    const details = { member: member.email, before: member.role, after: role };
    await this.notices.tellOwn('member-role-changed', details, caller, await this.ends.concerned(member));
    if (!may(role, 'members.create')) await this.invitations.endUser({ id, accountId: member.account_id }, caller);
    if (member.status === 'active') await this.changes.tellUser(id);
    return memberView({ ...member, role });
  }

  @Handles(members.remove)
  async remove({ id }: MemberRef, caller: Caller): Promise<void> {
    const member = await this.owned(id, caller);
    const by = await this.rights.check('members.delete', caller);
    await this.check({ member, by }, caller);
    await this.ends.end(member, { action: 'members.delete', caller });
  }

  @Handles(members.leave)
  async leave(_: Nothing, caller: Caller): Promise<void> {
    const member = await this.owned(ownerOf(caller).userId, caller);
    await this.check({ member, by: member.role }, caller);
    await this.ends.end(member, { action: 'members.leave', caller });
  }

  /** A member of the caller's account, which stays as it is until the transaction ends. */
  private async owned(id: number, caller: Caller): Promise<OwnedMember> {
    const { accountId } = ownerOf(caller);
    await this.repository.lockAccount(accountId);
    return this.repository.owned(id, accountId);
  }

  private async check({ member, by, to }: Intended, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const owners = await this.repository.owners(accountId);
    const found = obstacle({ by, from: member.role, to, invited: member.status === 'invited', owners });
    if (found === 'owners-only') throw new Refusal('forbidden');
    if (found) new FieldErrors().add('role', OBSTACLE_TEXTS[found]).throwIfAny();
  }
}
