import { Injectable } from '@nestjs/common';
import type { Language, Role } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { Invitation } from './invitation.entity';

const OPEN = 'i.ended_at is null and i.expires_at > now()';
const NAME = (of: string): string => `trim(${of}.first_name || ' ' || ${of}.last_name)`;
const SELECT = `
  select i.id, i.account_id as "accountId", i.email, i.role, i.language, i.created_at as "createdAt",
    i.expires_at as "expiresAt", ${NAME('u')} as "inviterName", u.email as "inviterEmail",
    coalesce((select ${NAME('o')} from users o where o.account_id = i.account_id and o.role = 'owner'
      and o.status = 'active' order by o.id limit 1), '') as "accountName"
  from invitations i join users u on u.id = i.invited_by join accounts a on a.id = i.account_id
  where ${OPEN} and a.locked_at is null`;
const FOR = `${SELECT} and i.email = $1 order by i.id desc limit 100`;
const BY_ID = `${SELECT} and i.id = $1 and i.email = $2`;
const BY_TOKEN = `${SELECT} and i.token_hash = $1`;
const JOIN = `
  insert into users (id, account_id, email, role, status, language, password_hash, first_name, last_name)
  values ($1, $2, $3, $4, 'active', $5, $6, $7, $8)
  on conflict do nothing
  returning id`;
const END = 'update invitations i set ended_at = now() where i.id = $1 and i.ended_at is null returning 1';
const WITHDRAW_OF = `
  update invitations set ended_at = now()
  where account_id = $1 and ($2::int is null or invited_by = $2) and ended_at is null
  returning id, email, role, invited_by as "invitedBy"`;
const LATELY = `
  select count(*)::int as count from invitations where account_id = $1 and created_at > now() - interval '1 day'`;
const FORGET = `
  delete from invitations i
  where account_id = $1 and created_at < now() - interval '30 days' and not (${OPEN})`;

/** An invitation that can be accepted. */
export interface OpenInvitation {
  readonly id: number;
  readonly accountId: number;
  readonly email: string;
  readonly role: Role;
  readonly language: Language;
  readonly inviterName: string;
  readonly inviterEmail: string;
  /** Name of the account's first owner. */
  readonly accountName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export type Withdrawn = Pick<Invitation, 'id' | 'email' | 'role' | 'invitedBy'>;

/** What a newcomer chooses. */
export interface Newcomer {
  readonly passwordHash: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** Invitations that were made, and the users that come of them. */
@Injectable()
export class Invitations {
  constructor(private readonly transactions: Transactions) {}

  /** Newest first. */
  openFor(email: string): Promise<OpenInvitation[]> {
    return this.transactions.query<OpenInvitation>(FOR, [email], 'invitations.for');
  }

  /** Nothing when it is not open, or for another address. */
  openById(id: number, email: string): Promise<OpenInvitation | undefined> {
    return this.transactions.first<OpenInvitation>(BY_ID, [id, email], 'invitations.by-id');
  }

  openByToken(tokenHash: Buffer): Promise<OpenInvitation | undefined> {
    return this.transactions.first<OpenInvitation>(BY_TOKEN, [tokenHash], 'invitations.by-token');
  }

  /** False when somebody else was faster. */
  async end(id: number): Promise<boolean> {
    return (await this.transactions.query(END, [id])).length > 0;
  }

  /** Ends what a user has invited to an account, or everybody; answers which. */
  withdrawOf(accountId: number, userId?: number): Promise<Withdrawn[]> {
    return this.transactions.query(WITHDRAW_OF, [accountId, userId ?? null]);
  }

  /** The new user's id, which is the invitation's; nothing when the address has got a user in the meantime. */
  async join(invitation: OpenInvitation, newcomer: Newcomer): Promise<number | undefined> {
    const { id, accountId, email, role, language } = invitation;
    const { passwordHash, firstName, lastName } = newcomer;
    const params = [id, accountId, email, role, language, passwordHash, firstName, lastName];
    return (await this.transactions.first<{ id: number }>(JOIN, params))?.id;
  }

  /** How many the account made within a day. */
  async lately(accountId: number): Promise<number> {
    return (await this.transactions.first<{ count: number }>(LATELY, [accountId]))?.count ?? 0;
  }

  async add(
    invitation: Pick<Invitation, 'accountId' | 'email' | 'role' | 'invitedBy' | 'language' | 'tokenHash' | 'expiresAt'>,
  ) {
    await this.transactions.query(FORGET, [invitation.accountId]);
    const table = this.transactions.manager.getRepository(Invitation);
    const { generatedMaps } = await table.insert({ ...invitation, endedAt: null });
    return { ...invitation, ...(generatedMaps[0] as Pick<Invitation, 'id' | 'createdAt'>) };
  }
}
