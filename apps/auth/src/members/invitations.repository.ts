import { Injectable } from '@nestjs/common';
import type { Language, Role } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { Invitation } from './invitation.entity';

const OPEN = 'i.ended_at is null and i.expires_at > now()';
// Of several, the last one counts: it is the one that the person has just been told about.
const OPEN_FOR = `
  select i.id, i.account_id as "accountId", i.role, i.language,
    coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.email) as inviter
  from invitations i join users u on u.id = i.invited_by
  where i.email = $1 and ${OPEN}
  order by i.id desc limit 1`;
const ACCEPT = `
  insert into users (id, account_id, email, role, status, language)
  values ($1, $2, $3, $4, 'active', $5)
  on conflict do nothing
  returning id`;
const END = 'update invitations i set ended_at = now() where i.id = $1 and i.ended_at is null returning 1';
const LATELY = `
  select count(*) filter (where account_id = $1) as account, count(*) filter (where email = $2) as address
  from invitations where (account_id = $1 or email = $2) and created_at > now() - interval '1 day'`;
const FORGET = `
  delete from invitations i
  where account_id = $1 and created_at < now() - interval '30 days' and not (${OPEN})`;

/** An invitation that can be accepted. */
export interface OpenInvitation {
  readonly id: number;
  readonly accountId: number;
  readonly role: Role;
  readonly language: Language;
  /** Name of the one who invited, else the address. */
  readonly inviter: string;
}

/** Invitations that were made, and the users that come of them. */
@Injectable()
export class Invitations {
  constructor(private readonly transactions: Transactions) {}

  /** The invitation that a proof of this address accepts. */
  openFor(email: string): Promise<OpenInvitation | undefined> {
    return this.transactions.first<OpenInvitation>(OPEN_FOR, [email]);
  }

  /** Part of a transaction. Answers the new user's id; nothing when the address has got a user in the meantime. */
  async accept({ id, accountId, role, language }: OpenInvitation, email: string): Promise<number | undefined> {
    if ((await this.transactions.query(END, [id])).length === 0) return undefined;
    const user = await this.transactions.first<{ id: number }>(ACCEPT, [id, accountId, email, role, language]);
    return user?.id;
  }

  /** How many were made within a day by an account, and for an address by whomever. */
  async lately(accountId: number, email: string): Promise<{ account: number; address: number }> {
    type Counts = { account: number; address: number };
    const counts = await this.transactions.asService(() => this.transactions.first<Counts>(LATELY, [accountId, email]));
    return counts ?? { account: 0, address: 0 };
  }

  async add(invitation: Pick<Invitation, 'accountId' | 'email' | 'role' | 'invitedBy' | 'language' | 'expiresAt'>) {
    await this.transactions.query(FORGET, [invitation.accountId]);
    const table = this.transactions.manager.getRepository(Invitation);
    const { generatedMaps } = await table.insert({ ...invitation, endedAt: null });
    return { ...invitation, ...(generatedMaps[0] as Pick<Invitation, 'id' | 'createdAt'>) };
  }
}
