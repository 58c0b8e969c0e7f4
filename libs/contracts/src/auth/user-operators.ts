import { ApiProperty } from '../core/documentation';
import { operations, stream, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Id, Ref, Text } from '../fields';

/** A command about one user. */
export class UserCommand extends OperatorCommand {
  @Id() userId: number;
  @Text({ max: 500, presence: 'required' }) reason: string;
}

/** A piece of what is held of a user. */
export class PersonalRow {
  @ApiProperty() section: string;
  /** JSON. */
  @ApiProperty() data: string;
}

/** What a user had by way of second factors. */
export class FactorsReset {
  @ApiProperty() user_id: number;
  @ApiProperty() account_id: number;
  @ApiProperty() totp: boolean;
  @ApiProperty() passkeys: number;
  @ApiProperty() recovery_codes: number;
}

export class SessionsEnded {
  @ApiProperty() user_id: number;
  @ApiProperty() account_id: number;
  @ApiProperty() sessions: number;
}

export class EndAllSessions extends OperatorCommand {
  @Text({ max: 500, presence: 'required' }) reason: string;
  /** Users with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
}

/** A part of the sessions of all users, ended. */
export class AllSessionsEnded {
  /** Users of this part. */
  @ApiProperty() users: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: Number, nullable: true }) next: number | null;
}

const operator = { operator: true, deadline: 30_000 } as const;

/** What the platform's own staff can do to users; no route leads here. */
export const userOperators = operations('auth.operators', {
  /** The rows of `POST /api/user/export`. Refuses `not_found`. */
  exportUser: stream(UserCommand, PersonalRow, operator),
  /** Removes all second factors and ends all sessions. Refuses `not_found`, `conflict` where there is no second factor. */
  resetSecondFactors: write(UserCommand, FactorsReset, { ...operator, audit: 'second-factors.reset' }),
  /** API keys go on. Refuses `not_found`. */
  endUserSessions: write(UserCommand, SessionsEnded, { ...operator, audit: 'sessions.end-all' }),
  /** The next part of all users who have sessions. */
  endAllSessions: write(EndAllSessions, AllSessionsEnded, { ...operator, audit: 'sessions.end-all' }),
});
