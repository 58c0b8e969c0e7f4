import { Injectable } from '@nestjs/common';
import { type Caller, type FactorsReset, Refusal, type UserCommand } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { Notices } from '../notices/notices';
import { hasFactor } from '../second-factors/factor-state';
import { FactorTables } from '../second-factors/factors.repository';
import { addressee } from '../second-factors/second-factor-check';
import { SecurityLog } from '../security/security-log';
import { Revocations } from '../sessions/revocations';
import { UserChanges } from '../users/user-changes';
import { Users } from '../users/users.repository';

const NO_FACTOR = 'The user has no second factor.';

/** For a user who has lost every second factor. */
@Injectable()
export class FactorReset {
  constructor(
    private readonly users: Users,
    private readonly tables: FactorTables,
    private readonly revocations: Revocations,
    private readonly changes: UserChanges,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /** Part of a transaction. @throws Refusal `not_found`, `conflict` */
  async reset({ userId, reason, by }: UserCommand, caller: Caller): Promise<FactorsReset> {
    await this.users.lock(userId);
    const user = await this.users.byId(userId);
    if (!user) throw new Refusal('not_found');
    const state = await this.tables.state(userId);
    if (!hasFactor(state)) throw new Refusal('conflict', { message: NO_FACTOR });
    await this.tables.removeAll(userId);
    await this.revocations.endUser(userId);
    await this.changes.tellUser(userId);
    const { accountId } = user;
    const { passkeys, recoveryCodesLeft: recovery_codes } = state;
    const before = { totp: state.totpSince !== null, passkeys, recovery_codes };
    const entry = { subject: 'user', id: userId, of: user };
    await this.audit.write({ ...entry, before, after: { reason, by } }, caller);
    await this.notices.tell({
      kind: 'second-factors-reset',
      accountId,
      details: { member: user.email },
      also: [addressee(user)],
    });
    this.security.record('credentials_changed', caller, 'second factors reset by an operator', user);
    return { user_id: userId, account_id: accountId, ...before };
  }
}
