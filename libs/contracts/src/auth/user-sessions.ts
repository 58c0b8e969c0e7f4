import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { Id } from '../fields';

/** How a session began. */
export const LOGIN_METHODS = ['password', 'reset-code', 'registration', 'second-factor', 'passkey'] as const;
export type LoginMethod = (typeof LOGIN_METHODS)[number];

/** A login that goes on: one device, one token after the other. */
export class UserSession {
  @ApiProperty({ example: 41 }) id: number;
  /** Family of the client's program. */
  @ApiProperty({ example: 'Firefox on Windows' }) device: string;
  /** Network address that it began from. */
  @ApiProperty({ example: '192.0.2.7', nullable: true, type: String }) address: string | null;
  @ApiProperty({ enum: LOGIN_METHODS, example: 'password' }) method: LoginMethod;
  /** Whether it is the session of the request's own token. */
  @ApiProperty({ example: true }) current: boolean;
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z' }) created_at: string;
  /** Exact to some minutes. */
  @ApiProperty({ example: '2025-05-13T18:20:00.000000Z' }) last_used_at: string;
  /** When its token ends, unless it is renewed before. */
  @ApiProperty({ example: '2025-06-12T09:02:00.000000Z' }) expires_at: string;
}

export class UserSessionRef {
  @Id() id: number;
}

/** The caller's own sessions. */
export const userSessions = operations('auth.user-sessions', {
  /** The latest used first; a hundred at most. */
  all: read(Nothing, list(UserSession)),
  /** Ends its tokens at once. Refuses `not_found` for what is not the caller's, or has ended. */
  end: write(UserSessionRef, nothing, { audit: 'sessions.end' }),
  /** Ends all but the caller's own. */
  endOthers: write(Nothing, nothing, { audit: 'sessions.end-others' }),
});
