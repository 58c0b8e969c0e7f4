import { Injectable } from '@nestjs/common';
import type { UserSnapshot } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

const SELECT = `
  select u.id as "userId", u.account_id as "accountId", u.role, a.currency, c.time_zone as "timeZone",
    u.status = 'active' and a.locked_at is null as active
  from users u join accounts a on a.id = u.account_id join countries c on c.id = a.country_id`;

/** Who users are right now, as gateways cache it. */
@Injectable()
export class Snapshots {
  constructor(private readonly transactions: Transactions) {}

  of(userId: number): Promise<UserSnapshot | undefined> {
    return this.transactions.first<UserSnapshot>(`${SELECT} where u.id = $1`, [userId], 'snapshots.of');
  }

  /** Everybody whom a change of the account concerns. */
  ofAccount(accountId: number): Promise<UserSnapshot[]> {
    const text = `${SELECT} where u.account_id = $1 and u.status <> 'removed' order by u.id`;
    return this.transactions.query<UserSnapshot>(text, [accountId], 'snapshots.of-account');
  }
}
