import { Controller } from '@nestjs/common';
import {
  type AllSessionsEnded,
  type Caller,
  type EndAllSessions,
  type FactorsReset,
  type HandlersOf,
  type PersonalRow,
  type SessionsEnded,
  type UserCommand,
  userOperators,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { FactorReset } from './factor-reset';
import { SessionEnds } from './session-ends';
import { UserExport } from './user-export';

/** Operations of the platform's staff on users; the broker's permissions refuse others. */
@Controller()
export class UserOperatorsHandler implements HandlersOf<typeof userOperators> {
  constructor(
    private readonly exported: UserExport,
    private readonly factors: FactorReset,
    private readonly sessions: SessionEnds,
  ) {}

  @Handles(userOperators.exportUser)
  exportUser(command: UserCommand, caller: Caller): AsyncIterable<PersonalRow> {
    return this.exported.rows(command, caller);
  }

  @Handles(userOperators.resetSecondFactors)
  resetSecondFactors(command: UserCommand, caller: Caller): Promise<FactorsReset> {
    return this.factors.reset(command, caller);
  }

  @Handles(userOperators.endUserSessions)
  endUserSessions(command: UserCommand, caller: Caller): Promise<SessionsEnded> {
    return this.sessions.ofUser(command, caller);
  }

  @Handles(userOperators.endAllSessions)
  endAllSessions(command: EndAllSessions, caller: Caller): Promise<AllSessionsEnded> {
    return this.sessions.ofAll(command, caller);
  }
}
