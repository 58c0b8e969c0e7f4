import { ApiProperty } from '../core/documentation';
import { domainEvent } from '../core/domain-event';
import { Nothing } from '../core/list-query';
import { nothing, operations, read, write } from '../core/operation';
import { Id, Instant, Pattern, SecondFactorCode, Text } from '../fields';

export class RequestDeletion {
  /** The caller's current password; wrong ones count like those of logins. */
  @Text({ presence: 'required', raw: true, max: 1024, example: 'Charge-2026!' }) password: string;
  @SecondFactorCode({
    example: '123456',
    description:
      'A code of the authenticator app, or a recovery code. Required where a second factor is set up, but for users whose only factor is a passkey and who logged in with it.',
  })
  second_factor_code?: string | null;
}

/** A deletion that waits. Until it is due it can be stopped. */
export class UserDeletion {
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z' }) requested_at: string;
  /** When the personal data is erased. */
  @ApiProperty({ example: '2025-05-19T09:02:00.000000Z' }) due_at: string;
  /** Whether the account ends with its last owner: members are removed, power centers with them. */
  @ApiProperty({ example: false }) closes_account: boolean;
  /** Why it waits although it was due: money that the account is owed, owes or is being paid. */
  @ApiProperty({ example: null, nullable: true, type: String }) blocked_by: string | null;
}

/** What the link in the letter ends with. */
export class DeletionToken {
  @Pattern(/^[A-Za-z0-9_-]{40}$/, 'The :attribute field is invalid.', { presence: 'required' }) token: string;
}

/** The end of a user: asked for with the password, due after a delay, and stopped until then by the user. */
export const deletions = operations('auth.deletions', {
  /** Refuses `not_found` where none waits. */
  one: read(Nothing, UserDeletion),
  /** Asking again changes nothing. Refuses `conflict` for the last owner of an account with open money. */
  request: write(RequestDeletion, UserDeletion, { audit: 'users.request-deletion' }),
  /** Refuses `not_found` where none waits. */
  stop: write(Nothing, nothing, { audit: 'users.stop-deletion' }),
  /** What a letter's link stops; refuses `not_found` for a link that is used or too late. */
  shown: read(DeletionToken, UserDeletion),
  stopByToken: write(DeletionToken, nothing, { audit: 'users.stop-deletion' }),
});

export class AccountClosed {
  @Id() account_id: number;
  @Instant({ presence: 'required' }) closed_at: string;
}

/** The last owner of an account is gone: services remove its personal data, and keep what the books need without names. */
export const accountClosed = domainEvent('auth.accounts.closed', AccountClosed);
