import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { type Role, ROLES } from '../core/permissions';
import { Id, Pattern, Text } from '../fields';
import { AuthUser, PASSWORD_LENGTH } from './accounts';

/** An invitation that can be accepted, as the invited person sees it: which account, and who asks. */
export class Invitation {
  @ApiProperty({ example: 12 }) id: number;
  @ApiProperty({ example: 7 }) account_id: number;
  /** Name of the account's first owner. */
  @ApiProperty({ example: 'Amina Haddad' }) account_name: string;
  @ApiProperty({ example: 'Salma Haddad' }) inviter_name: string;
  @ApiProperty({ example: 'salma@example.com' }) inviter_email: string;
  @ApiProperty({ enum: ROLES, example: 'manager' }) role: Role;
  /** The invited address. */
  @ApiProperty({ example: 'omar@example.com' }) email: string;
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z' }) created_at: string;
  @ApiProperty({ example: '2025-05-19T09:02:00.000000Z' }) expires_at: string;
}

export class InvitationRef {
  @Id() id: number;
}

/** What the link in the letter ends with. */
export class InvitationToken {
  @Pattern(/^[A-Za-z0-9_-]{40}$/, 'The :attribute field is invalid.', {
    presence: 'required',
    example: 'Zk3v0pQ1dX8sJmW5tYbN2rLcE7gHfAuKi4oPz9Dq',
  })
  invitation_token: string;
}

/** For those who have no login yet: accepting makes one. */
export class AcceptInvitation extends InvitationToken {
  @Text({ presence: 'required', raw: true, ...PASSWORD_LENGTH, example: 'correct horse battery' }) password: string;
  @Text({ raw: true, max: 1024 }) password_confirmation?: string | null;
  @Text({ example: 'Omar' }) first_name?: string | null;
  @Text({ example: 'Saleh' }) last_name?: string | null;
}

/** Joining an account needs consent: nothing else accepts an invitation. What is not open (any more) is `not_found`. */
export const invitations = operations('auth.invitations', {
  /** Those to the caller's own address, newest first. */
  mine: read(Nothing, list(Invitation)),
  /**
   * Moves the caller's login to the inviting account. Refuses `conflict` for the last owner of an account that is in use,
   * and for a member of the inviting account.
   */
  accept: write(InvitationRef, Invitation, { audit: 'members.join' }),
  decline: write(InvitationRef, nothing, { audit: 'members.decline' }),
  /** The one that a letter's link is about. */
  shown: read(InvitationToken, Invitation),
  /** Refuses `conflict` when the invited address has a login: it accepts logged in. */
  acceptByToken: write(AcceptInvitation, AuthUser, { audit: 'members.join' }),
  declineByToken: write(InvitationToken, nothing, { audit: 'members.decline' }),
});
