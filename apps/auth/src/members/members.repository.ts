import { Injectable } from '@nestjs/common';
import type { Role } from '@open-cpo/contracts';
import { ownedRead, Transactions } from '@open-cpo/persistence';
import type { Addressee } from '../notices/notices';
import type { MemberRow } from './member.views';

/** Users, and those who have not become users yet. */
const MEMBERS = `(
  select id, account_id, trim(first_name || ' ' || last_name) as name, email, role, status, created_at
  from users where status <> 'removed'
  union all
  select id, account_id, '', email, role, 'invited', created_at
  from invitations where ended_at is null and expires_at > now()
) members`;
const COLUMNS = 'id, account_id, name, email, role, status, created_at as "createdAt"';
const OF_ACCOUNT = `select ${COLUMNS} from ${MEMBERS} where account_id = $1 order by id desc`;
const ONE = ownedRead(`select ${COLUMNS} from ${MEMBERS} where id = $1`, 'members.by-id');
const OWNERS = `select count(*) as owners from users where account_id = $1 and role = 'owner' and status = 'active'`;
const LOCK_ACCOUNT = 'select 1 from accounts where id = $1 for no key update';
const SET_ROLE = 'update users set role = $2 where id = $1';
const SET_INVITED_ROLE = 'update invitations set role = $2 where id = $1 and ended_at is null';
const REMOVE = `update users set status = 'removed', password_hash = null, removed_at = now() where id = $1`;
const ADDRESSEE = 'select email, first_name as name, language from users where id = $1';
const WITHDRAW = 'update invitations set ended_at = now() where id = $1 and ended_at is null';

/** A member with the account that it belongs to. */
export interface OwnedMember extends MemberRow {
  readonly account_id: number;
}

/** Who shares an account. */
@Injectable()
export class Members {
  constructor(private readonly transactions: Transactions) {}

  /** Newest first. */
  ofAccount(accountId: number): Promise<OwnedMember[]> {
    return this.transactions.query<OwnedMember>(OF_ACCOUNT, [accountId], 'members.of-account');
  }

  /** @throws Refusal `not_found`, `forbidden` */
  owned(id: number, accountId: number): Promise<OwnedMember> {
    return this.transactions.owned<OwnedMember>(ONE, accountId, [id]);
  }

  /** Part of a transaction: changes among the members of one account happen one after the other. */
  async lockAccount(accountId: number): Promise<void> {
    await this.transactions.query(LOCK_ACCOUNT, [accountId]);
  }

  async owners(accountId: number): Promise<number> {
    return (await this.transactions.first<{ owners: number }>(OWNERS, [accountId]))?.owners ?? 0;
  }

  addressee(id: number): Promise<Addressee | undefined> {
    return this.transactions.first<Addressee>(ADDRESSEE, [id]);
  }

  async setRole({ id, status }: OwnedMember, role: Role): Promise<void> {
    await this.transactions.query(status === 'invited' ? SET_INVITED_ROLE : SET_ROLE, [id, role]);
  }

  async remove({ id, status }: OwnedMember): Promise<void> {
    await this.transactions.query(status === 'invited' ? WITHDRAW : REMOVE, [id]);
  }
}
