import { Injectable } from '@nestjs/common';
import { type AccountCommand, accountLocked, type AccountState, type Caller, Refusal } from '@open-cpo/contracts';
import { Audit, Outbox, Transactions } from '@open-cpo/persistence';
import { Revocations } from '../sessions/revocations';
import { UserChanges } from '../users/user-changes';

const LOCKED =
  'select locked_at is not null as locked, closed_at is not null as closed from accounts where id = $1 for no key update';
const SET = 'update accounts set locked_at = case when $2 then now() end where id = $1';
const USERS = `select id from users where account_id = $1 and status <> 'removed' order by id`;

/** Shuts accounts out and lets them in again. */
@Injectable()
export class AccountLocks {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly revocations: Revocations,
    private readonly changes: UserChanges,
  ) {}

  /** Part of a transaction. Saying again what holds already ends and changes nothing. */
  async set({ accountId, reason, by }: AccountCommand, locked: boolean, caller: Caller): Promise<AccountState> {
    const account = await this.transactions.first<{ locked: boolean; closed: boolean }>(LOCKED, [accountId]);
    if (!account) throw new Refusal('not_found');
    if (account.closed && !locked) throw new Refusal('conflict', { message: 'The account was closed.' });
    if (account.locked === locked) {
      this.audit.unchanged();
      return { id: accountId, locked, users: 0 };
    }
    const users = await this.transactions.query<{ id: number }>(USERS, [accountId]);
    await this.transactions.query(SET, [accountId, locked]);
    const after = { locked, reason, by };
    const before = { locked: account.locked };
    const of = { accountId };
    await this.audit.write({ subject: 'account', id: accountId, of, before, after }, caller);
    await this.outbox.publish(accountLocked, accountId, { account_id: accountId, locked });
    if (locked) for (const { id } of users) await this.revocations.endUser(id);
    return { id: accountId, locked, users: await this.changes.tellAccount(accountId) };
  }
}
