import { Controller } from '@nestjs/common';
import {
  type Caller,
  confirmations,
  type ConfirmPassword,
  type ConfirmSecondFactor,
  type HandlersOf,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { PasswordCheck } from '../passwords/password-check';
import { SecondFactorCheck } from '../second-factors/second-factor-check';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';

const WRONG_PASSWORD = 'The current password is incorrect.';
const WRONG_CODE = 'The second factor code is incorrect.';

/** Asks callers again who they are, before a sensitive change. */
@Controller()
export class ConfirmationsHandler implements HandlersOf<typeof confirmations> {
  constructor(
    private readonly users: Users,
    private readonly passwords: PasswordCheck,
    private readonly codes: SecondFactorCheck,
  ) {}

  @Handles(confirmations.password)
  async password({ password }: ConfirmPassword, caller: Caller): Promise<void> {
    const isRight = await this.passwords.isRight(await this.self(caller), password, caller);
    if (!isRight) throw wrong('current_password', WRONG_PASSWORD);
  }

  @Handles(confirmations.secondFactor)
  async secondFactor({ code }: ConfirmSecondFactor, caller: Caller): Promise<void> {
    const isRight = await this.codes.accepts(await this.self(caller), code, caller);
    if (!isRight) throw wrong('second_factor_code', WRONG_CODE);
  }

  private async self(caller: Caller): Promise<UserRow> {
    const user = await this.users.byId(ownerOf(caller).userId);
    if (!user) throw new Refusal('unauthenticated');
    return user;
  }
}

const wrong = (field: string, message: string): Refusal =>
  new Refusal('validation_failed', { message, fields: { [field]: [message] } });
