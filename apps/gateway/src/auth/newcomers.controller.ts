import { Controller } from '@nestjs/common';
import { type AcceptInvitation, type Caller, invitations, type InvitationToken } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { EMPTY } from '../http/answers/success';
import { From, Input, Route } from '../http/route';
import { withLife } from './tokens-handed-out';

/** Answers to an invitation by those who have no login yet: what the link in the letter ends with stands for them. */
@Controller('api/v3/auth/invitations')
export class NewcomersController {
  constructor(private readonly bus: Bus) {}

  @Route('POST', 'accept', {
    title: 'Accept an invitation without a login',
    description:
      "Takes the token of an invitation's e-mail and a password, creates the user as a member of the account, and answers as a login does.",
    calls: invitations.acceptByToken,
    noStore: true,
    withExpiry: true,
    can: 'public',
    limited: 'code',
    refusals: [404, 409],
  })
  async accept(@Input() input: AcceptInvitation, @From() caller: Caller) {
    return withLife(await this.bus.bytes(invitations.acceptByToken, input, caller));
  }

  @Route('POST', 'decline', {
    title: 'Decline an invitation without a login',
    description: "Takes the token of an invitation's e-mail and declines it; it cannot be accepted afterwards.",
    calls: invitations.declineByToken,
    can: 'public',
    envelope: EMPTY,
    limited: 'code',
    refusals: [404],
  })
  decline(@Input() input: InvitationToken, @From() caller: Caller) {
    return this.bus.bytes(invitations.declineByToken, input, caller);
  }
}
