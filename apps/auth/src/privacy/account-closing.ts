import { Injectable } from '@nestjs/common';
import { accountClosed, type Caller, payoutsAccounts } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { Audit, Outbox, Transactions } from '@open-cpo/persistence';
import { ApiKeyEnds } from '../api-keys/api-key-ends';
import { InvitationEnds } from '../members/invitation-ends';
import { MemberEnds } from '../members/member-ends';
import { Members } from '../members/members.repository';

export const OPEN_MONEY = 'The account has an open balance or a payout that waits. Have it paid out first.';

const CLOSE = `
  update accounts set closed_at = now(), locked_at = coalesce(locked_at, now()), vat_id = null where id = $1
  returning closed_at as "closedAt"`;
const FORGET = 'delete from audit_personal where account_id = $1';

/** The end of an account with its last owner. */
@Injectable()
export class AccountClosing {
  constructor(
    private readonly transactions: Transactions,
    private readonly bus: Bus,
    private readonly keys: ApiKeyEnds,
    private readonly members: Members,
    private readonly ends: MemberEnds,
    private readonly invitations: InvitationEnds,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** Whether the account ends when this user goes. */
  async endsWith({ accountId, role }: { readonly accountId: number; readonly role: string }): Promise<boolean> {
    if (role !== 'owner') return false;
    return (await this.members.owners(accountId)) <= 1;
  }

  /** Whether the account is owed money, owes some, or is being paid. @throws Refusal while payouts cannot be asked */
  async hasOpenMoney(account_id: number, caller: Caller): Promise<boolean> {
    const { balance_usd, pending_payouts } = await this.bus.call(payoutsAccounts.money, { account_id }, caller);
    // Fractions of a cent are never paid out.
    return pending_payouts > 0 || Math.abs(Number(balance_usd)) >= 0.01;
  }

  /** Part of a transaction in which the account is locked. All other members are removed and get a mail. */
  async close(accountId: number, userId: number, caller: Caller): Promise<void> {
    const members = (await this.members.ofAccount(accountId)).filter(
      ({ id, status }) => id !== userId && status === 'active',
    );
    const of = { id: userId, accountId };
    for (const member of members) await this.ends.end(member, { action: 'members.delete', caller, by: userId });
    await this.invitations.endAccount(of, caller);
    await this.keys.endAccount(accountId);
    const closed = await this.transactions.first<{ closedAt: Date }>(CLOSE, [accountId]);
    const after = { members: members.length };
    await this.audit.write({ action: 'accounts.close', subject: 'account', id: accountId, of, after }, caller);
    await this.transactions.query(FORGET, [accountId]);
    const closed_at = (closed?.closedAt ?? new Date()).toISOString();
    await this.outbox.publish(accountClosed, accountId, { account_id: accountId, closed_at });
  }
}
