import { nothing, operations, read, write } from '../core/operation';
import { SecondFactorCode, Text } from '../fields';

export class ConfirmPassword {
  @Text({ presence: 'required', raw: true, max: 1024 }) password: string;
}

export class ConfirmSecondFactor {
  @SecondFactorCode({ presence: 'required' }) code: string;
}

/** For services that ask the caller again who they are before a sensitive change; no route leads here. */
export const confirmations = operations('auth.confirmations', {
  /** Refuses `validation_failed` on `current_password`; counts like a login, so that guesses are limited here, too. */
  password: read(ConfirmPassword, nothing),
  /** Refuses `validation_failed` on `second_factor_code`; counts like a code of a login, and uses the code up. */
  secondFactor: write(ConfirmSecondFactor, nothing, {
    audit: false,
    reason: 'The change that is confirmed has the entry.',
  }),
});
