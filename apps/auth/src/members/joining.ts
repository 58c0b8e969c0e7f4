import { Injectable } from '@nestjs/common';
import { type Caller, chargePoints, Refusal } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { Audit, Transactions } from '@open-cpo/persistence';
import { ApiKeyEnds } from '../api-keys/api-key-ends';
import { Notices } from '../notices/notices';
import { UserChanges } from '../users/user-changes';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { InvitationEnds } from './invitation-ends';
import { Invitations, type Newcomer, type OpenInvitation } from './invitations.repository';
import { Members } from './members.repository';

const ALREADY = 'You are a member of this account already.';
const HAS_LOGIN = 'This address has a login already: log in, and accept the invitation there.';
const IN_USE =
  'You are the last owner of an account that is in use. Make somebody else an owner of it first, or use another address.';
const OTHERS = `
  select 1 from users where account_id = $1 and id <> $2 and status <> 'removed'
  union all select 1 from api_keys where account_id = $1 and revoked_at is null
  union all select 1 from invitations where account_id = $1 and ended_at is null and expires_at > now()
  union all select 1 from account_balances where account_id = $1 and balance_usd <> 0
  limit 1`;

/** What accepting and declining an invitation do. Part of a transaction of the service itself. */
@Injectable()
export class Joining {
  constructor(
    private readonly invitations: Invitations,
    private readonly members: Members,
    private readonly users: Users,
    private readonly changes: UserChanges,
    private readonly keys: ApiKeyEnds,
    private readonly invitationEnds: InvitationEnds,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
    private readonly bus: Bus,
  ) {}

  /** A newcomer gets a login. @throws Refusal `conflict` when the address has one */
  async found(invitation: OpenInvitation, newcomer: Newcomer, caller: Caller): Promise<UserRow> {
    const { id, accountId } = invitation;
    await this.members.lockAccount(accountId);
    await this.end(id);
    const userId = await this.invitations.join(invitation, newcomer);
    const user = userId === undefined ? undefined : await this.users.byId(userId);
    if (!user) throw new Refusal('conflict', { message: HAS_LOGIN });
    await this.told(invitation, user, caller);
    return user;
  }

  /** Somebody who has a login takes it along. @throws Refusal `conflict` */
  async move(user: UserRow, invitation: OpenInvitation, caller: Caller): Promise<void> {
    const { id, accountId, role } = invitation;
    if (user.accountId === accountId) throw new Refusal('conflict', { message: ALREADY });
    for (const account of [user.accountId, accountId].sort((a, b) => a - b)) await this.members.lockAccount(account);
    await this.users.lock(user.id);
    await this.leaveable(user, caller);
    await this.end(id);
    await this.keys.endUser(user.id);
    await this.invitationEnds.endUser(user, caller);
    await this.users.change(user.id, { accountId, role });
    const before = { role: user.role, joined: accountId };
    await this.audit.write({ action: 'members.leave', subject: 'member', id: user.id, before }, caller);
    await this.notices.tellOwn('member-left', { member: user.email }, caller);
    await this.told(invitation, { ...user, role }, caller);
    await this.changes.tellUser(user.id);
    if (user.role === 'owner') await this.changes.tellAccount(user.accountId);
  }

  async decline(invitation: OpenInvitation, caller: Caller): Promise<void> {
    await this.members.lockAccount(invitation.accountId);
    await this.end(invitation.id);
    const entry = { subject: 'member', id: invitation.id, before: shown(invitation) };
    await this.audit.write(entry, within(invitation, caller, caller.identity?.userId));
  }

  /** Nobody answers one invitation twice. */
  private async end(id: number): Promise<void> {
    if (!(await this.invitations.end(id))) throw new Refusal('not_found');
  }

  private async told(invitation: OpenInvitation, user: UserRow, caller: Caller): Promise<void> {
    const { id, accountId, role, email: member } = invitation;
    const entry = {
      subject: 'member',
      id: user.id,
      before: { invitation: id },
      after: shown(invitation),
    };
    await this.audit.write(entry, within(invitation, caller, user.id));
    await this.notices.tell({ kind: 'member-joined', accountId, userId: user.id, details: { member, after: role } });
  }

  /** The last owner leaves nothing behind but an account that was never used. */
  private async leaveable({ id, accountId, role }: UserRow, caller: Caller): Promise<void> {
    if (role !== 'owner' || (await this.members.owners(accountId)) > 1) return;
    const kept = (await this.transactions.first(OTHERS, [accountId, id])) !== undefined;
    const used = kept || (await this.bus.call(chargePoints.table, { itemsPerPage: 1 }, caller)).meta.total > 0;
    if (used) throw new Refusal('conflict', { message: IN_USE });
  }
}

const shown = ({ email, role }: OpenInvitation): object => ({ email, role });

/** The entry belongs to the account that invited. */
const within = ({ accountId, role }: OpenInvitation, caller: Caller, userId = 0): Caller =>
  userId === 0
    ? { ...caller, identity: undefined }
    : {
        ...caller,
        identity: { ownerId: userId, currency: 'USD', timeZone: 'UTC', ...caller.identity, userId, accountId, role },
      };
