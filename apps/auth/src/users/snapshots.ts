import { Injectable } from '@nestjs/common';
import type { UserSnapshot } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

/** The user who has been an owner of an account for longest; every account has one. */
export const firstOwnerOf = (account: string): string =>
  `(select min(o.id) from users o where o.account_id = ${account} and o.role = 'owner' and o.status <> 'removed')`;

/** Whether a user has set up a second factor. */
export const hasSecondFactor = (user: string): string =>
  `(exists (select from totp_factors f where f.user_id = ${user} and f.confirmed_at is not null)
    or exists (select from passkeys k where k.user_id = ${user}))`;

const SELECT = `
  select u.id as "userId", u.account_id as "accountId",
    coalesce(${firstOwnerOf('u.account_id')}, u.id) as "ownerId", u.role, a.currency, c.time_zone as "timeZone",
    u.status = 'active' and a.locked_at is null as active, u.status = 'removed' as removed,
    a.second_factor_required and not ${hasSecondFactor('u.id')} as "secondFactorMissing"
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
