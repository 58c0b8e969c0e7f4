import { Injectable } from '@nestjs/common';
import { type Caller, type ChangeSecondFactors, type FieldErrors, ownerOf, Refusal } from '@open-cpo/contracts';
import { PasswordCheck } from '../passwords/password-check';
import { SecurityLog } from '../security/security-log';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { type FactorState, hasFactor } from './factor-state';
import { FactorTables } from './factors.repository';
import { SecondFactorCheck } from './second-factor-check';

const WRONG_PASSWORD = 'The current password is incorrect.';
const WRONG_CODE = 'The second factor code is incorrect.';
const NO_CODE = 'The second factor code field is required.';

/** The caller, proven again. */
export interface Proven {
  readonly user: UserRow;
  readonly factors: FactorState;
}

/** Asks for password and second factor again before a sensitive change. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly users: Users,
    private readonly passwords: PasswordCheck,
    private readonly tables: FactorTables,
    private readonly check: SecondFactorCheck,
    private readonly security: SecurityLog,
  ) {}

  /**
   * Locks the user until the transaction ends. `passwordField`: the field that the error of a wrong password names.
   * @throws Refusal `validation_failed`, `too_many_requests`
   */
  async prove(
    input: ChangeSecondFactors,
    caller: Caller,
    errors: FieldErrors,
    passwordField = 'current_password',
  ): Promise<Proven> {
    const user = await this.locked(caller);
    if (errors.empty && !(await this.passwords.isRight(user, input.current_password, caller))) {
      this.security.record('login_failed', caller, 'confirmation', user);
      errors.add(passwordField, WRONG_PASSWORD);
    }
    const factors = await this.tables.state(user.id);
    // A code is checked only after the right password, so that it cannot be guessed without.
    if (errors.empty && hasFactor(factors)) {
      const { second_factor_code: code } = input;
      if (code) await this.judgeCode(user, code, caller, errors);
      else if (!(await this.isByPasskey(factors, caller))) errors.add('second_factor_code', NO_CODE);
    }
    errors.throwIfAny();
    return { user, factors };
  }

  async locked(caller: Caller): Promise<UserRow> {
    const { userId } = ownerOf(caller);
    await this.users.lock(userId);
    const user = await this.users.byId(userId);
    if (!user) throw new Refusal('unauthenticated');
    return user;
  }

  /** Who has nothing but passkeys has no code: a session that began with one stands for it. */
  private async isByPasskey({ totpSince }: FactorState, caller: Caller): Promise<boolean> {
    const { userId, sessionId } = ownerOf(caller);
    return totpSince === null && (await this.tables.loginMethod(sessionId, userId)) === 'passkey';
  }

  private async judgeCode(user: UserRow, code: string, caller: Caller, errors: FieldErrors): Promise<void> {
    if (!(await this.check.accepts(user, code, caller))) errors.add('second_factor_code', WRONG_CODE);
  }
}
