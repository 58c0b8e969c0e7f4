import { Injectable } from '@nestjs/common';
import { type Caller, type Identity, type InviteMember, Refusal } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { OutgoingEmails } from '../emails/outgoing-emails';
import { Invitations } from './invitations.repository';
import type { MemberRow } from './member.views';

/** Days for which an invitation can be accepted. */
const LIFETIME = 7;
const DAY = 24 * 60;
/** Invitations that an account makes a day; beyond that it is a mail cannon. */
const MOST_A_DAY = 100;
/** Invitations that one address is told about a day, whoever makes them. */
const MOST_LETTERS = 5;
const PERSON = `
  select coalesce(nullif(trim(first_name || ' ' || last_name), ''), email) as name from users where id = $1`;
const TAKEN = `select 1 from users where email = $1 and status <> 'removed'`;

/**
 * Invites by mail. Whether the address has an account somewhere shows nowhere but in the letter: the answer, the list
 * and the work done are the same.
 *
 * How it is accepted: the invited person asks for a password reset with the invited address (reference L195), gets a
 * code by mail, and verifies it with a password of their own (L257). With that the user exists.
 */
@Injectable()
export class Inviting {
  constructor(
    private readonly invitations: Invitations,
    private readonly emails: OutgoingEmails,
    private readonly transactions: Transactions,
  ) {}

  /** Part of a transaction in which the account is locked. */
  async invite({ email, role }: InviteMember, by: Identity, { language }: Caller): Promise<MemberRow> {
    const lately = await this.invitations.lately(by.accountId, email);
    if (lately.account >= MOST_A_DAY) throw new Refusal('too_many_requests', { retryAfter: 3600 });
    const expiresAt = new Date(Date.now() + LIFETIME * DAY * 60_000);
    const { accountId, userId: invitedBy } = by;
    const added = await this.invitations.add({ accountId, email, role, invitedBy, language, expiresAt });
    const [inviter, taken] = [await this.nameOf(invitedBy), await this.isTaken(email)];
    await this.emails.send({
      to: email,
      template: 'invitation',
      params: { inviter, role, ...(taken ? { taken: '1' } : {}) },
      language,
      lifetime: LIFETIME * DAY,
      mute: lately.address >= MOST_LETTERS,
    });
    return { id: added.id, name: '', email, role, status: 'invited', createdAt: added.createdAt };
  }

  private async nameOf(userId: number): Promise<string> {
    return (await this.transactions.first<{ name: string }>(PERSON, [userId]))?.name ?? '';
  }

  private async isTaken(email: string): Promise<boolean> {
    return (await this.transactions.firstOfAny(TAKEN, [email])) !== undefined;
  }
}
