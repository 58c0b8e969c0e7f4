import { Injectable } from '@nestjs/common';
import { type Caller, Refusal, type Role } from '@open-cpo/contracts';
import { Audit, ExportRequests, Transactions } from '@open-cpo/persistence';
import { ApiKeyEnds } from '../api-keys/api-key-ends';
import { InvitationEnds } from '../members/invitation-ends';
import { Notices } from '../notices/notices';
import { Revocations } from '../sessions/revocations';
import { UserChanges } from '../users/user-changes';
import { AccountClosing, OPEN_MONEY } from './account-closing';

const LOCK_ACCOUNT = `
  select 1 from accounts where id = (select account_id from users where id = $1) for no key update`;
const USER = `
  select id, account_id as "accountId", email, role, status from users
  where id = $1 and erased_at is null for no key update`;
const ERASE = `
  update users set status = 'removed', email = '', password_hash = null, first_name = '', last_name = '',
    contact_number = '', removed_at = coalesce(removed_at, now()), erased_at = now()
  where id = $1`;
/** Tables whose rows would go with the row of the user: sessions, devices, verifications and whatever is added later. */
const OWN_TABLES = `
  select c.conrelid::regclass::text as name, quote_ident(a.attname) as key
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  where c.contype = 'f' and c.confrelid = 'users'::regclass and c.confdeltype = 'c' order by 1`;
const BY_USER = [
  `delete from audit_personal where subject in ('user', 'member') and subject_id = $1::text`,
  `delete from audit_personal
   where subject = 'api-key' and subject_id in (select id::text from api_keys where created_by = $1)`,
  // People name keys after themselves; these have ended.
  `update api_keys set name = '' where created_by = $1`,
];
/** The address may be somebody's again by now. */
const ADDRESS_IN_USE = `select 1 from users where email = $1 and id <> $2 and status <> 'removed' limit 1`;
const BY_ADDRESS = [
  // Of invitations as well, whose rows may be gone.
  `delete from audit_personal where subject = 'member' and $1 in (before::jsonb ->> 'email', after::jsonb ->> 'email')`,
  'delete from verifications where email = $1',
  'delete from registrations where email = $1',
  'delete from invitations where email = $1',
  'delete from emails where recipient = $1',
];

interface ErasedUser {
  readonly id: number;
  readonly accountId: number;
  readonly email: string;
  readonly role: Role;
  readonly status: 'active' | 'removed';
}

export interface ErasureOptions {
  /** Although the account has open money; for operators. */
  readonly despiteMoney?: boolean;
}

/** What became of an erasure. */
export interface Erased {
  readonly accountId: number;
  readonly accountClosed: boolean;
}

/**
 * Erases a user: the row stays with its id, so that ledger, orders and audit entries keep their meaning, and everything
 * that identifies the person goes. Part of a transaction of the service itself.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: ApiKeyEnds,
    private readonly revocations: Revocations,
    private readonly changes: UserChanges,
    private readonly invitations: InvitationEnds,
    private readonly notices: Notices,
    private readonly closing: AccountClosing,
    private readonly exports: ExportRequests,
    private readonly audit: Audit,
  ) {}

  /**
   * Until the transaction ends, the user and the account's members cannot change otherwise.
   * @throws Refusal `not_found` for a user who is unknown or erased
   */
  async hold(userId: number): Promise<ErasedUser> {
    await this.transactions.query(LOCK_ACCOUNT, [userId]);
    const user = await this.transactions.first<ErasedUser>(USER, [userId]);
    if (!user) throw new Refusal('not_found');
    return user;
  }

  /** @throws Refusal `not_found` for a user who is unknown or erased, `conflict` for open money */
  async erase(userId: number, caller: Caller, { despiteMoney = false }: ErasureOptions = {}): Promise<Erased> {
    const user = await this.hold(userId);
    const { accountId, status } = user;
    const accountClosed = status === 'active' && (await this.closing.endsWith(user));
    if (accountClosed && !despiteMoney && (await this.closing.hasOpenMoney(accountId, caller))) {
      throw new Refusal('conflict', { message: OPEN_MONEY });
    }
    if (accountClosed) await this.closing.close(accountId, userId, caller);
    await this.keys.endUser(userId);
    await this.invitations.endUser(user, caller);
    if (status === 'active') await this.revocations.endUser(userId);
    await this.exports.withdraw({ userId, accountId, role: user.role, active: false });
    await this.forget(user);
    await this.audit.write(
      { action: 'users.erase', subject: 'user', id: userId, of: { id: userId, accountId } },
      { ...caller, identity: undefined },
    );
    if (status === 'removed') return { accountId, accountClosed };
    await this.changes.tellUser(userId);
    if (!accountClosed) {
      await this.notices.tell({ kind: 'member-left', accountId, details: { member: user.email, before: user.role } });
    }
    return { accountId, accountClosed };
  }

  private async forget({ id, email }: ErasedUser): Promise<void> {
    const inUse = (await this.transactions.first(ADDRESS_IN_USE, [email, id])) !== undefined;
    if (email !== '' && !inUse) for (const statement of BY_ADDRESS) await this.transactions.query(statement, [email]);
    for (const statement of BY_USER) await this.transactions.query(statement, [id]);
    await this.transactions.query(ERASE, [id]);
    const tables = await this.transactions.query<{ name: string; key: string }>(OWN_TABLES);
    for (const { name, key } of tables) await this.transactions.query(`delete from ${name} where ${key} = $1`, [id]);
  }
}
