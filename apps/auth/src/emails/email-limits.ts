import { Injectable } from '@nestjs/common';
import type { EmailTemplate } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

interface Limit {
  /** Templates that are counted together. */
  readonly templates: readonly EmailTemplate[];
  readonly hour: number;
  readonly day: number;
}

/**
 * E-mails to one recipient that strangers can cause, over all senders. Codes are counted apart from invitations, so that
 * invitations cannot use up a recipient's codes. Notices go to members alone and have no limit: a thief inside an
 * account could otherwise use it up before the change of which members must learn.
 */
const LIMITS: readonly Limit[] = [
  { templates: ['verify-email', 'reset-password'], hour: 12, day: 30 },
  { templates: ['invitation', 'already-registered'], hour: 5, day: 10 },
];

const LOCK = `select pg_advisory_xact_lock(hashtextextended('emails ' || $1, 0))`;
const LATELY = `
  select count(*) filter (where created_at > now() - interval '1 hour')::int as hour, count(*)::int as day from emails
  where recipient = $1 and template = any($2) and state <> 'mute' and created_at > now() - interval '1 day'`;

/** Per-recipient limits of e-mails. */
@Injectable()
export class EmailLimits {
  constructor(private readonly transactions: Transactions) {}

  /** Part of a transaction. Others who write to the same recipient wait until it ends. */
  async reached(recipient: string, template: EmailTemplate): Promise<boolean> {
    const limit = LIMITS.find(({ templates }) => templates.includes(template));
    if (!limit) return false;
    const sent = await this.transactions.asService(() => this.sent(recipient, limit));
    return sent !== undefined && (sent.hour >= limit.hour || sent.day >= limit.day);
  }

  /** Callers do not see e-mails. */
  private async sent(recipient: string, { templates }: Limit): Promise<{ hour: number; day: number } | undefined> {
    await this.transactions.query(LOCK, [recipient], 'emails.lock-recipient');
    return this.transactions.first(LATELY, [recipient, [...templates]], 'emails.lately');
  }
}
