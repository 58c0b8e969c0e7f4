import { Controller } from '@nestjs/common';
import { type Caller, type ChangeMember, type InviteMember, type MemberRef, members } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/members')
export class MembersController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List members',
    description: 'Lists the users who share the account, with their roles, and those who are invited.',
    calls: members.all,
    can: 'members.view',
  })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(members.all, input, caller);
  }

  @Route('POST', '', {
    title: 'Invite a member',
    description: 'Sends an invitation to an e-mail address, with the role that the member will have.',
    calls: members.invite,
    can: 'members.create',
  })
  invite(@Input() input: InviteMember, @From() caller: Caller) {
    return this.bus.bytes(members.invite, input, caller);
  }

  @Route('PATCH', ':id', {
    title: "Change a member's role",
    description: 'Gives a member of the account another role.',
    calls: members.change,
    can: 'members.update',
  })
  change(@Input() input: ChangeMember, @From() caller: Caller) {
    return this.bus.bytes(members.change, input, caller);
  }

  /** Everybody may leave but the last owner. */
  @Route('DELETE', 'me', {
    title: 'Leave the account',
    description: 'Removes the caller from the account, with its tokens and API keys. The last owner cannot leave.',
    calls: members.leave,
    can: 'token',
    withoutSecondFactor: true,
    refusals: [422],
  })
  leave(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(members.leave, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Remove a member',
    description:
      'Removes a member from the account, or withdraws an invitation. Tokens and API keys of the member are refused at once.',
    calls: members.remove,
    can: 'members.delete',
    refusals: [422],
  })
  remove(@Input() input: MemberRef, @From() caller: Caller) {
    return this.bus.bytes(members.remove, input, caller);
  }
}
