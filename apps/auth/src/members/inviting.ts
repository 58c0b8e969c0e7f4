import { Injectable } from '@nestjs/common';
import { type Caller, type Identity, type InviteMember, Refusal } from '@open-cpo/contracts';
import { acrossAccounts, Transactions } from '@open-cpo/persistence';
import { hashOf, newSecret } from '../api-keys/api-key.secret';
import { AuthConfig } from '../config';
import { OutgoingEmails } from '../emails/outgoing-emails';

import { Invitations } from './invitations.repository';
import type { MemberRow } from './member.views';

/** Days for which an invitation can be accepted. */
const LIFETIME = 7;
const DAY = 24 * 60;
/** Invitations that an account makes a day; beyond that it is a mail cannon. */
const MOST_A_DAY = 100;
const NAMES = `
  select trim(u.first_name || ' ' || u.last_name) as inviter,
    (select trim(o.first_name || ' ' || o.last_name) from users o where o.account_id = $2 and o.role = 'owner'
      and o.status = 'active' order by o.id limit 1) as owner
  from users u where u.id = $1`;
const TAKEN = acrossAccounts(
  'an address has one user in the installation',
  `select 1 from users where email = $1 and status <> 'removed'`,
);

/**
 * Invites by mail. Whether the address has an account somewhere shows nowhere but in the letter: the answer, the list
 * and the work done are the same.
 */
@Injectable()
export class Inviting {
  constructor(
    private readonly invitations: Invitations,
    private readonly emails: OutgoingEmails,
    private readonly transactions: Transactions,
    private readonly config: AuthConfig,
  ) {}

  /** Part of a transaction in which the account is locked. */
  async invite({ email, role }: InviteMember, by: Identity, { language }: Caller): Promise<MemberRow> {
    if ((await this.invitations.lately(by.accountId)) >= MOST_A_DAY)
      throw new Refusal('too_many_requests', { retryAfter: 3600 });
    const expiresAt = new Date(Date.now() + LIFETIME * DAY * 60_000);
    const { accountId, userId: invitedBy } = by;
    const token = newSecret();
    const tokenHash = hashOf(token);
    const added = await this.invitations.add({ accountId, email, role, invitedBy, language, tokenHash, expiresAt });
    const named = await this.names(invitedBy, accountId);
    const [inviter, owner] = [named?.inviter ?? '', named?.owner ?? ''];
    const link = `${this.config.publicUrl}/invitations/${token}`;
    const taken: Record<string, string> = (await this.isTaken(email)) ? { taken: '1' } : {};
    await this.emails.send({
      to: email,
      template: 'invitation',
      params: { inviter, role, account: String(accountId), owner, link, ...taken },
      language,
      lifetime: LIFETIME * DAY,
      invitation: added.id,
    });
    return { id: added.id, name: '', email, role, status: 'invited', createdAt: added.createdAt };
  }

  private names(userId: number, accountId: number): Promise<{ inviter: string; owner: string | null } | undefined> {
    return this.transactions.first(NAMES, [userId, accountId]);
  }

  private async isTaken(email: string): Promise<boolean> {
    return (await this.transactions.firstAcrossAccounts(TAKEN, [email])) !== undefined;
  }
}
