import { Injectable } from '@nestjs/common';
import {
  type AllSessionsEnded,
  type Caller,
  type EndAllSessions,
  Refusal,
  type SessionsEnded,
  type UserCommand,
} from '@open-cpo/contracts';
import { Audit, Transactions } from '@open-cpo/persistence';
import { SecurityLog } from '../security/security-log';
import { Revocations } from '../sessions/revocations';
import { Users } from '../users/users.repository';

const BATCH_SIZE = 200;
const LIVE = 's.ended_at is null and s.expires_at > now()';
const WAITING = `v.purpose = 'second-factor' and v.used_at is null and v.expires_at > now()`;
const OF_USER = `
  select count(distinct coalesce(s.login_session_id::text, s.id::text))::int as sessions
  from sessions s where s.user_id = $1 and ${LIVE}`;
const NEXT = `
  select u.id, u.account_id as "accountId" from users u
  where u.id > $1 and (exists (select 1 from sessions s where s.user_id = u.id and ${LIVE})
    or exists (select 1 from verifications v where v.user_id = u.id and ${WAITING}))
  order by u.id limit ${BATCH_SIZE} for no key update of u`;
/** Its code would not let in any more; now it is over for everybody who looks. */
const END_WAITING = `update verifications v set used_at = now() where v.user_id = $1 and ${WAITING}`;

type Whose = Pick<UserCommand, 'reason' | 'by'> & { readonly id: number; readonly accountId: number };

/** Ends sessions at an operator's word: tokens, and logins that wait for a second factor. API keys go on. */
@Injectable()
export class SessionEnds {
  constructor(
    private readonly transactions: Transactions,
    private readonly users: Users,
    private readonly revocations: Revocations,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /** Part of a transaction. @throws Refusal `not_found` */
  async ofUser({ userId: id, reason, by }: UserCommand, caller: Caller): Promise<SessionsEnded> {
    await this.users.lock(id);
    const user = await this.users.byId(id);
    if (!user) throw new Refusal('not_found');
    const { accountId } = user;
    const { sessions = 0 } = (await this.transactions.first<{ sessions: number }>(OF_USER, [id])) ?? {};
    await this.end({ id, accountId, reason, by }, caller);
    return { user_id: id, account_id: accountId, sessions };
  }

  /** The next part of all users. Part of a transaction. */
  async ofAll({ after, reason, by }: EndAllSessions, caller: Caller): Promise<AllSessionsEnded> {
    const users = await this.transactions.query<{ id: number; accountId: number }>(NEXT, [after ?? 0]);
    if (users.length === 0) this.audit.unchanged();
    for (const user of users) await this.end({ ...user, reason, by }, caller);
    return { users: users.length, next: users.length < BATCH_SIZE ? null : (users.at(-1)?.id ?? null) };
  }

  private async end({ reason, by, ...user }: Whose, caller: Caller): Promise<void> {
    await this.revocations.endUser(user.id);
    await this.transactions.query(END_WAITING, [user.id]);
    const entry = { subject: 'user', id: user.id, of: user, after: { reason, by } };
    await this.audit.write(entry, caller);
    this.security.record('session_ended', caller, 'all, by an operator', user);
  }
}
