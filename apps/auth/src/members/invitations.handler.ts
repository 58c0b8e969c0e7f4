import { Controller } from '@nestjs/common';
import {
  type AcceptInvitation,
  type AuthUser,
  type Caller,
  type FieldErrors,
  type HandlersOf,
  type Invitation,
  type InvitationRef,
  invitations,
  type InvitationToken,
  isoMoment,
  type Nothing,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Entries } from '../accounts/entries';
import { hashOf } from '../api-keys/api-key.secret';
import { judgeOwnWords, judgePassword } from '../passwords/password-rules';
import { Passwords } from '../passwords/passwords';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { Invitations, type OpenInvitation } from './invitations.repository';
import { Joining } from './joining';

/** Consent to join an account. */
@Controller()
export class InvitationsHandler implements HandlersOf<typeof invitations> {
  constructor(
    private readonly repository: Invitations,
    private readonly joining: Joining,
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly entries: Entries,
    private readonly transactions: Transactions,
  ) {}

  @Handles(invitations.mine)
  async mine(_: Nothing, caller: Caller): Promise<Invitation[]> {
    const { email } = await this.self(caller);
    return (await this.transactions.asService(() => this.repository.openFor(email))).map(invitationView);
  }

  @Handles(invitations.accept)
  accept({ id }: InvitationRef, caller: Caller): Promise<Invitation> {
    return this.transactions.asService(async () => {
      const user = await this.self(caller);
      const invitation = await this.open(id, user.email);
      await this.joining.move(user, invitation, caller);
      return invitationView(invitation);
    });
  }

  @Handles(invitations.decline)
  decline({ id }: InvitationRef, caller: Caller): Promise<void> {
    return this.transactions.asService(async () => {
      const { email } = await this.self(caller);
      await this.joining.decline(await this.open(id, email), caller);
    });
  }

  @Handles(invitations.shown)
  async shown({ invitation_token }: InvitationToken): Promise<Invitation> {
    return invitationView(await this.ofToken(invitation_token));
  }

  @Handles(invitations.acceptByToken, { finishesValidation: true })
  async acceptByToken(input: AcceptInvitation, caller: Caller, errors: FieldErrors): Promise<AuthUser> {
    judgePassword(input, errors);
    errors.throwIfAny();
    const invitation = await this.ofToken(input.invitation_token);
    const { first_name: firstName, last_name: lastName } = input;
    judgeOwnWords(input, { email: invitation.email, firstName, lastName }, errors);
    errors.throwIfAny();
    const passwordHash = await this.passwords.hash(input.password);
    const newcomer = { passwordHash, firstName: firstName ?? '', lastName: lastName ?? '' };
    const user = await this.joining.found(invitation, newcomer, caller);
    return this.entries.enterProven(user, { method: 'registration' }, caller);
  }

  @Handles(invitations.declineByToken)
  async declineByToken({ invitation_token }: InvitationToken, caller: Caller): Promise<void> {
    await this.joining.decline(await this.ofToken(invitation_token), caller);
  }

  private async self(caller: Caller): Promise<UserRow> {
    const user = await this.users.byId(ownerOf(caller).userId);
    if (!user) throw new Refusal('unauthenticated');
    return user;
  }

  private async open(id: number, email: string): Promise<OpenInvitation> {
    const found = await this.repository.openById(id, email);
    if (!found) throw new Refusal('not_found');
    return found;
  }

  private async ofToken(token: string): Promise<OpenInvitation> {
    const found = await this.repository.openByToken(hashOf(token));
    if (!found) throw new Refusal('not_found');
    return found;
  }
}

const invitationView = (invitation: OpenInvitation): Invitation => ({
  id: invitation.id,
  account_id: invitation.accountId,
  account_name: invitation.accountName,
  inviter_name: invitation.inviterName,
  inviter_email: invitation.inviterEmail,
  role: invitation.role,
  email: invitation.email,
  created_at: isoMoment(invitation.createdAt),
  expires_at: isoMoment(invitation.expiresAt),
});
