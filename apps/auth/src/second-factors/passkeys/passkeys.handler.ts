import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeSecondFactors,
  type FieldErrors,
  type HandlersOf,
  MOST_PASSKEYS,
  type Nothing,
  ownerOf,
  type PasskeyOptions,
  passkeys,
  Refusal,
  type RegisteredPasskey,
  type RegisterPasskey,
  type RemovePasskey,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { FactorChanges } from '../factor-changes';
import { FactorTables } from '../factors.repository';
import { hasFactor } from '../factor-state';
import { Reauthentication } from '../reauthentication';
import { RecoveryCodeBook } from '../recovery-codes';
import { PasskeyCeremonies } from './ceremonies';
import { PasskeyChallenges } from './challenges';
import { passkeyView } from './passkey.view';
import { PasskeyTable } from './passkeys.repository';

const NOT_BELIEVED = 'The passkey could not be verified. Begin again.';
const TOO_MANY = `A user can have at most ${MOST_PASSKEYS} passkeys.`;
const DEFAULT_NAME = 'Passkey';

type Handled = Omit<HandlersOf<typeof passkeys>, 'login'>;

/** Passkeys, as their user registers them. */
@Controller()
export class PasskeysHandler implements Handled {
  constructor(
    private readonly tables: FactorTables,
    private readonly table: PasskeyTable,
    private readonly ceremonies: PasskeyCeremonies,
    private readonly challenges: PasskeyChallenges,
    private readonly recoveryCodes: RecoveryCodeBook,
    private readonly reauthentication: Reauthentication,
    private readonly changes: FactorChanges,
  ) {}

  @Handles(passkeys.loginOptions)
  async loginOptions(_: Nothing): Promise<PasskeyOptions> {
    return { publicKey: await this.ceremonies.requestOptions() };
  }

  @Handles(passkeys.registerOptions, { finishesValidation: true })
  async registerOptions(input: ChangeSecondFactors, caller: Caller, errors: FieldErrors): Promise<PasskeyOptions> {
    const { user } = await this.reauthentication.prove(input, caller, errors);
    const present = await this.table.ofUser(user.id);
    if (present.length >= MOST_PASSKEYS) throw new Refusal('conflict', { message: TOO_MANY });
    return { publicKey: await this.ceremonies.creationOptions(user, present) };
  }

  /** The challenge is the user's own, given for the password: nothing else is asked. */
  @Handles(passkeys.register, { finishesValidation: true })
  async register(input: RegisterPasskey, caller: Caller, errors: FieldErrors): Promise<RegisteredPasskey> {
    errors.throwIfAny();
    const user = await this.reauthentication.locked(caller);
    const before = await this.tables.state(user.id);
    if (before.passkeys >= MOST_PASSKEYS) throw new Refusal('conflict', { message: TOO_MANY });
    const created = await this.ceremonies.created(input.credential, user.id);
    const name = input.name ?? DEFAULT_NAME;
    const isFresh = created !== undefined && (await this.challenges.use(created.challenge));
    const key = isFresh ? await this.table.add({ ...created.made, name }) : undefined;
    if (!key) errors.add('credential', NOT_BELIEVED);
    errors.throwIfAny();
    const recovery_codes = hasFactor(before) ? null : await this.recoveryCodes.renew(user.id);
    await this.changes.tell({ kind: 'second-factor-added', factor: 'passkey', name }, user, caller);
    return { passkey: passkeyView(key as NonNullable<typeof key>), recovery_codes };
  }

  @Handles(passkeys.remove, { finishesValidation: true })
  async remove(input: RemovePasskey, caller: Caller, errors: FieldErrors): Promise<void> {
    const { user } = await this.reauthentication.prove(input, caller, errors);
    const name = await this.table.remove(input.id, ownerOf(caller).userId);
    if (name === undefined) throw new Refusal('not_found');
    if (!hasFactor(await this.tables.state(user.id))) await this.tables.replaceRecoveryCodes(user.id, []);
    await this.changes.tell({ kind: 'second-factor-removed', factor: 'passkey', name }, user, caller);
  }
}
