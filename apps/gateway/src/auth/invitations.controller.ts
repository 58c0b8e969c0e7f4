import { Controller } from '@nestjs/common';
import { type Caller, type InvitationRef, invitations } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

/** Invitations to the caller's own address. */
@Controller('api/invitations')
export class InvitationsController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List own invitations',
    description: "Lists the open invitations to accounts that were sent to the caller's e-mail address.",
    calls: invitations.mine,
    can: 'token',
    withoutSecondFactor: true,
  })
  mine(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(invitations.mine, input, caller);
  }

  @Route('POST', ':id/accept', {
    title: 'Accept an invitation',
    description:
      'Moves the caller to the account that invited it, with the role of the invitation. The last owner of an account that is in use cannot move.',
    calls: invitations.accept,
    can: 'token',
    withoutSecondFactor: true,
    refusals: [404, 409],
  })
  accept(@Input() input: InvitationRef, @From() caller: Caller) {
    return this.bus.bytes(invitations.accept, input, caller);
  }

  @Route('POST', ':id/decline', {
    title: 'Decline an invitation',
    description: 'Declines an invitation; it cannot be accepted afterwards.',
    calls: invitations.decline,
    can: 'token',
    withoutSecondFactor: true,
    refusals: [404],
  })
  decline(@Input() input: InvitationRef, @From() caller: Caller) {
    return this.bus.bytes(invitations.decline, input, caller);
  }
}
