import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangePassword,
  type FieldErrors,
  type HandlersOf,
  may,
  ownerOf,
  type OwnUser,
  Refusal,
  type UpdateUser,
  users,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { PasswordChange } from '../accounts/password-change';
import { Places } from '../accounts/places';
import { judgeOwnWords, judgePassword } from '../passwords/password-rules';
import { PasswordCheck } from '../passwords/password-check';
import { Users } from '../users/users.repository';
import { ProfileChange } from './profile-change';
import { Profiles } from './profiles';
import { accountChanges, userChanges } from './profile.rules';

type Handled = Pick<HandlersOf<typeof users>, 'update' | 'changePassword'>;

/** What a user changes about themselves. */
@Controller()
export class ProfileHandler implements Handled {
  constructor(
    private readonly profiles: Profiles,
    private readonly places: Places,
    private readonly users: Users,
    private readonly change: ProfileChange,
    private readonly passwords: PasswordCheck,
    private readonly passwordChange: PasswordChange,
  ) {}

  /** Country and currency are everybody's on the account: sent as they are they pass, changed they take a permission. */
  @Handles(users.update, { finishesValidation: true })
  async update(input: UpdateUser, caller: Caller, errors: FieldErrors): Promise<OwnUser> {
    const { userId, role } = ownerOf(caller);
    await this.users.lock(userId);
    const user = await this.profiles.rowOf(userId);
    const account = accountChanges(user, input);
    if (Object.keys(account).length > 0 && !may(role, 'account.update')) throw new Refusal('forbidden');
    await this.places.judge(input, errors);
    errors.throwIfAny();
    const iso = await this.places.isoOf(input.country_id ?? user.countryId);
    await this.change.apply(user, userChanges(user, input, iso), account, caller);
    return this.profiles.of(userId);
  }

  @Handles(users.changePassword, { finishesValidation: true })
  async changePassword(input: ChangePassword, caller: Caller, errors: FieldErrors): Promise<void> {
    const { userId, sessionId } = ownerOf(caller);
    judgePassword(input, errors);
    await this.users.lock(userId);
    const user = await this.profiles.rowOf(userId);
    judgeOwnWords(input, user, errors);
    if (input.old_password && !(await this.passwords.isRight(user, input.old_password, caller))) {
      errors.add('old_password', 'The old password is incorrect.');
    }
    errors.throwIfAny();
    await this.passwordChange.set(user, input.password, caller, sessionId);
  }
}
