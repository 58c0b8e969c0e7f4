import { Controller } from '@nestjs/common';
import { type Caller, type ChangeMember, type InviteMember, type MemberRef, members } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/members')
export class MembersController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', { title: 'List members', calls: members.all, can: 'members.view' })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(members.all, input, caller);
  }

  @Route('POST', '', { title: 'Invite a member', calls: members.invite, can: 'members.create' })
  invite(@Input() input: InviteMember, @From() caller: Caller) {
    return this.bus.bytes(members.invite, input, caller);
  }

  @Route('PATCH', ':id', { title: "Change a member's role", calls: members.change, can: 'members.update' })
  change(@Input() input: ChangeMember, @From() caller: Caller) {
    return this.bus.bytes(members.change, input, caller);
  }

  /** Everybody may leave but the last owner. */
  @Route('DELETE', 'me', {
    title: 'Leave the account',
    calls: members.leave,
    can: 'token',
    withoutSecondFactor: true,
    refusals: [422],
  })
  leave(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(members.leave, input, caller);
  }

  @Route('DELETE', ':id', { title: 'Remove a member', calls: members.remove, can: 'members.delete', refusals: [422] })
  remove(@Input() input: MemberRef, @From() caller: Caller) {
    return this.bus.bytes(members.remove, input, caller);
  }
}
