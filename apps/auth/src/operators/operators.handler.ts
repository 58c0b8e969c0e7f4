import { Controller } from '@nestjs/common';
import {
  type AccountCommand,
  type AccountState,
  authOperators,
  type Caller,
  type CurrencyRate,
  type DeletedUser,
  type DeleteUser,
  type FieldErrors,
  type HandlersOf,
  type Retained,
  type SetRate,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { Currencies } from '../currencies/currencies.repository';
import { RateAnnouncements } from '../currencies/rate-announcements';
import { Erasure } from '../privacy/erasure';
import { Upkeep } from '../upkeep/upkeep';
import { AccountLocks } from './account-locks';

/** What all rates are relative to. */
const BASE = 'USD';

/** Operations of the platform's staff; the broker's permissions refuse others. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof authOperators> {
  constructor(
    private readonly currencies: Currencies,
    private readonly announcements: RateAnnouncements,
    private readonly locks: AccountLocks,
    private readonly audit: Audit,
    private readonly erasure: Erasure,
    private readonly upkeep: Upkeep,
  ) {}

  @Handles(authOperators.rates)
  rates(): Promise<CurrencyRate[]> {
    return this.currencies.all();
  }

  @Handles(authOperators.setRate, { finishesValidation: true })
  async setRate({ code, rate, by }: SetRate, caller: Caller, errors: FieldErrors): Promise<CurrencyRate> {
    await this.currencies.lock();
    const before = code ? await this.currencies.byCode(code) : undefined;
    if (code && !before) errors.add('code', 'The selected code is invalid.');
    if (code === BASE) errors.add('code', 'All rates are relative to the US dollar; its own is 1.');
    if (rate && Number(rate) === 0) errors.add('rate', 'The rate field must be greater than 0.');
    errors.throwIfAny();
    const after = await this.currencies.set(code, rate);
    const entry = { subject: 'currency', id: code };
    await this.audit.write({ ...entry, before: { rate: before?.rate }, after: { rate: after.rate, by } }, caller);
    await this.announcements.announce();
    return after;
  }

  @Handles(authOperators.lockAccount)
  lockAccount(input: AccountCommand, caller: Caller): Promise<AccountState> {
    return this.locks.set(input, true, caller);
  }

  @Handles(authOperators.unlockAccount)
  unlockAccount(input: AccountCommand, caller: Caller): Promise<AccountState> {
    return this.locks.set(input, false, caller);
  }

  @Handles(authOperators.deleteUser)
  async deleteUser({ userId, despiteMoney, reason, by }: DeleteUser, caller: Caller): Promise<DeletedUser> {
    const options = { despiteMoney: despiteMoney ?? false };
    const { accountId, accountClosed } = await this.erasure.erase(userId, caller, options);
    const after = { reason, by };
    await this.audit.write({ subject: 'user', id: userId, of: { id: userId, accountId }, after }, caller);
    return { user_id: userId, account_id: accountId, account_closed: accountClosed };
  }

  @Handles(authOperators.enforceRetention)
  async enforceRetention(): Promise<Retained> {
    return { removed: await this.upkeep.run() };
  }
}
