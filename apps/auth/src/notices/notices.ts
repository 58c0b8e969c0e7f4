import { Injectable } from '@nestjs/common';
import type { Caller, Language, NoticeKind } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { SecurityEvents } from '@open-cpo/platform';
import { OutgoingEmails } from '../emails/outgoing-emails';

const WEEK = 7 * 24 * 60;
const OWNERS = `
  select email, first_name as name, language from users where account_id = $1 and role = 'owner' and status = 'active'
  order by id limit 100`;
const ACTOR = `select trim(first_name || ' ' || last_name) as actor, email as actor_email from users where id = $1`;

export interface Addressee {
  readonly email: string;
  readonly name: string;
  readonly language: Language;
}

/** A sensitive change, of which owners get a mail. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly accountId: number;
  /** Who did it. */
  readonly userId?: number | null;
  /** What the letter shows of it; see the worker's letters. No secrets. */
  readonly details: Readonly<Record<string, string>>;
  /** Recipient besides the owners. */
  readonly also?: readonly Addressee[];
}

/** Tells the owners of an account by mail of every change that decides who gets in, or where money and data go. */
@Injectable()
export class Notices {
  constructor(
    private readonly transactions: Transactions,
    private readonly emails: OutgoingEmails,
    private readonly security: SecurityEvents,
  ) {}

  /** Part of the transaction of the change. */
  tell({ kind, accountId, userId, details, also = [] }: Notice): Promise<void> {
    this.transactions.afterCommit(() => {
      this.security.record('sensitive_change', { userId: userId ?? undefined, accountId, detail: kind });
    });
    return this.transactions.asService(async () => {
      const owners = await this.transactions.query<Addressee>(OWNERS, [accountId], 'notices.owners');
      const actor = userId ? await this.transactions.first<Record<string, string>>(ACTOR, [userId]) : undefined;
      const to = new Map([...owners, ...also].map((one) => [one.email, one]));
      for (const { email, name, language } of to.values()) {
        const params = { ...details, change: kind, name, ...actor };
        await this.emails.send({ to: email, template: 'account-notice', params, language, lifetime: WEEK });
      }
    });
  }

  /** The same, of what the caller did to their own account. */
  async tellOwn(
    kind: NoticeKind,
    details: Notice['details'],
    { identity }: Caller,
    also?: Notice['also'],
  ): Promise<void> {
    if (!identity) throw new Error('Nobody made this change.');
    await this.tell({ kind, accountId: identity.accountId, userId: identity.userId, details, also });
  }
}
