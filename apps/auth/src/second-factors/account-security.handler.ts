import { Controller } from '@nestjs/common';
import {
  type AccountSecurity,
  accountSecurity,
  type Caller,
  type FieldErrors,
  type HandlersOf,
  type Nothing,
  ownerOf,
  type SetAccountSecurity,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, Transactions } from '@open-cpo/persistence';
import { Notices } from '../notices/notices';
import { SecurityLog } from '../security/security-log';
import { CurrentRights } from '../users/current-rights';
import { hasSecondFactor } from '../users/snapshots';
import { UserChanges } from '../users/user-changes';
import { Users } from '../users/users.repository';
import { hasFactor } from './factor-state';
import { Reauthentication } from './reauthentication';

const NO_OWN = 'Set up a second factor of your own first.';
const SHOWN = `
  select a.second_factor_required, (
    select count(*)::int from users u
    where u.account_id = a.id and u.status = 'active' and not ${hasSecondFactor('u.id')}) as members_without_second_factor
  from accounts a where a.id = $1`;

/** What an owner requires of the members of the account. */
@Controller()
export class AccountSecurityHandler implements HandlersOf<typeof accountSecurity> {
  constructor(
    private readonly transactions: Transactions,
    private readonly reauthentication: Reauthentication,
    private readonly users: Users,
    private readonly changes: UserChanges,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
    private readonly rights: CurrentRights,
  ) {}

  @Handles(accountSecurity.shown)
  async shown(_: Nothing, caller: Caller): Promise<AccountSecurity> {
    const values = [ownerOf(caller).accountId];
    const found = await this.transactions.first<AccountSecurity>(SHOWN, values, 'account-security.shown');
    return found ?? { second_factor_required: false, members_without_second_factor: 0 };
  }

  @Handles(accountSecurity.set, { finishesValidation: true })
  async set(input: SetAccountSecurity, caller: Caller, errors: FieldErrors): Promise<AccountSecurity> {
    const { factors } = await this.reauthentication.prove(input, caller, errors);
    await this.rights.check('account.update', caller);
    const { second_factor_required: required } = input;
    if (required && !hasFactor(factors)) errors.add('second_factor_required', NO_OWN);
    errors.throwIfAny();
    if (required !== factors.required) await this.change(required, caller);
    else this.audit.unchanged();
    return this.shown({}, caller);
  }

  private async change(required: boolean, caller: Caller): Promise<void> {
    const { accountId: id } = ownerOf(caller);
    await this.users.changeAccount(id, { secondFactorRequired: required });
    await this.changes.tellAccount(id);
    const entry = { subject: 'account', id };
    await this.audit.write({ ...entry, before: { required: !required }, after: { required } }, caller);
    await this.notices.tellOwn(required ? 'second-factor-required' : 'second-factor-optional', {}, caller);
    this.security.record('sensitive_change', caller, required ? 'second factor required' : 'second factor optional');
  }
}
