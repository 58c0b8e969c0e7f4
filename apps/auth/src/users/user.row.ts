import type { Language, Role } from '@open-cpo/contracts';
import type { Earned } from '@open-cpo/persistence';
import type { UserStatus } from './user.entity';

/** A user together with their account, as read. */
export interface UserRow {
  readonly id: number;
  readonly accountId: number;
  readonly email: string;
  readonly passwordHash: string | null;
  readonly credentialVersion: number;
  readonly role: Role;
  readonly status: UserStatus;
  readonly firstName: string;
  readonly lastName: string;
  readonly contactNumber: string;
  readonly language: Language;
  readonly countryId: number;
  readonly currency: string;
  readonly vatId: string | null;
  /** Null as well when the last day is past. */
  readonly subscriptionEnds: string | null;
  readonly locked: boolean;
  /** Decimal text; the last that payouts published. */
  readonly balanceUsd: string;
  readonly balanceEarned: Earned | null;
  /** Units of the account's currency for one US dollar. */
  readonly usdRate: string;
}

export const SELECT_USER = `
  select u.id, u.account_id as "accountId", u.email, u.password_hash as "passwordHash",
    u.credential_version as "credentialVersion", u.role, u.status,
    u.first_name as "firstName", u.last_name as "lastName", u.contact_number as "contactNumber", u.language,
    a.country_id as "countryId", a.currency, a.vat_id as "vatId",
    case when a.subscription_ends >= current_date then a.subscription_ends end as "subscriptionEnds",
    a.locked_at is not null as locked, coalesce(trim_scale(b.balance_usd), 0)::text as "balanceUsd",
    b.earned as "balanceEarned",
    coalesce(trim_scale(c.usd_rate), 1)::text as "usdRate"
  from users u join accounts a on a.id = u.account_id
    left join account_balances b on b.account_id = a.id left join currencies c on c.code = a.currency`;
