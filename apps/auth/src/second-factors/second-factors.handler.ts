import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeSecondFactors,
  type ConfirmTotp,
  type FieldErrors,
  type HandlersOf,
  isoMoment,
  type Nothing,
  ownerOf,
  type RecoveryCodes,
  Refusal,
  type SecondFactors,
  secondFactors,
  type TotpSecret,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Secrets } from '../secrets/secrets';
import { FactorChanges } from './factor-changes';
import { hasFactor } from './factor-state';
import { FactorTables } from './factors.repository';
import { passkeyView } from './passkeys/passkey.view';
import { PasskeyTable } from './passkeys/passkeys.repository';
import { Reauthentication } from './reauthentication';
import { RecoveryCodeBook } from './recovery-codes';
import { SecondFactorCheck } from './second-factor-check';
import { newTotp } from './totp';

const WRONG_CODE = 'The code is incorrect.';
const HAS_TOTP = 'An authenticator app is set up already. Remove it first.';
const NOTHING_TO_CONFIRM = 'There is no authenticator app to confirm. Begin again.';
const NO_FACTOR = 'Set up a second factor first.';

/** Second factors, as their user sets them up. */
@Controller()
export class SecondFactorsHandler implements HandlersOf<typeof secondFactors> {
  constructor(
    private readonly tables: FactorTables,
    private readonly passkeys: PasskeyTable,
    private readonly recoveryCodes: RecoveryCodeBook,
    private readonly check: SecondFactorCheck,
    private readonly reauthentication: Reauthentication,
    private readonly changes: FactorChanges,
    private readonly secrets: Secrets,
  ) {}

  @Handles(secondFactors.all)
  async all(_: Nothing, caller: Caller): Promise<SecondFactors> {
    const { userId } = ownerOf(caller);
    const { totpSince, recoveryCodesLeft, required } = await this.tables.state(userId);
    return {
      required,
      totp: totpSince !== null,
      totp_created_at: totpSince && isoMoment(totpSince),
      passkeys: (await this.passkeys.ofUser(userId)).map(passkeyView),
      recovery_codes_left: recoveryCodesLeft,
    };
  }

  @Handles(secondFactors.startTotp, { finishesValidation: true })
  async startTotp(input: ChangeSecondFactors, caller: Caller, errors: FieldErrors): Promise<TotpSecret> {
    const { user, factors } = await this.reauthentication.prove(input, caller, errors);
    if (factors.totpSince) throw new Refusal('conflict', { message: HAS_TOTP });
    const fresh = newTotp(user.email);
    await this.tables.proposeTotp(user.id, this.secrets.seal('totp', fresh.secret));
    return fresh;
  }

  @Handles(secondFactors.confirmTotp, { finishesValidation: true })
  async confirmTotp({ code }: ConfirmTotp, caller: Caller, errors: FieldErrors): Promise<RecoveryCodes> {
    errors.throwIfAny();
    const user = await this.reauthentication.locked(caller);
    const proposed = await this.tables.totp(user.id);
    if (!proposed || proposed.confirmedAt) throw new Refusal('conflict', { message: NOTHING_TO_CONFIRM });
    if (!(await this.check.acceptsFirst(user, code, caller))) errors.add('code', WRONG_CODE);
    errors.throwIfAny();
    await this.tables.confirmTotp(user.id);
    const recovery_codes = await this.recoveryCodes.renew(user.id);
    await this.changes.tell({ kind: 'second-factor-added', factor: 'totp' }, user, caller);
    return { recovery_codes };
  }

  @Handles(secondFactors.removeTotp, { finishesValidation: true })
  async removeTotp(input: ChangeSecondFactors, caller: Caller, errors: FieldErrors): Promise<void> {
    const { user } = await this.reauthentication.prove(input, caller, errors);
    if (!(await this.tables.removeTotp(user.id))) throw new Refusal('not_found');
    if (!hasFactor(await this.tables.state(user.id))) await this.tables.replaceRecoveryCodes(user.id, []);
    await this.changes.tell({ kind: 'second-factor-removed', factor: 'totp' }, user, caller);
  }

  @Handles(secondFactors.renewRecoveryCodes, { finishesValidation: true })
  async renewRecoveryCodes(input: ChangeSecondFactors, caller: Caller, errors: FieldErrors): Promise<RecoveryCodes> {
    const { user, factors } = await this.reauthentication.prove(input, caller, errors);
    if (!hasFactor(factors)) throw new Refusal('conflict', { message: NO_FACTOR });
    const recovery_codes = await this.recoveryCodes.renew(user.id);
    await this.changes.tell({ kind: 'recovery-codes-renewed', factor: 'recovery codes' }, user, caller);
    return { recovery_codes };
  }
}
