import { Injectable } from '@nestjs/common';
import type { EmailTemplate } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

interface Count {
  readonly hour: number;
  readonly day: number;
}

interface Limit extends Count {
  /** Templates that are counted together. */
  readonly templates: readonly EmailTemplate[];
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

/** Codes that one network can cause for one recipient. */
const SHARE: Count = { hour: 6, day: 12 };
/** Of the codes for a recipient, those that are kept for networks that have caused none within a day. */
const RESERVE: Count = { hour: 4, day: 10 };

const LOCK = `select pg_advisory_xact_lock(hashtextextended('emails ' || $1, 0))`;
const LATELY = `
  select count(*) filter (where created_at > now() - interval '1 hour')::int as hour, count(*)::int as day from emails
  where recipient = $1 and template = any($2) and state <> 'mute' and created_at > now() - interval '1 day'`;

// The verification itself is counted.
const OF_NETWORK = `
  select coalesce(sum(o.sent) filter (where o.created_at > now() - interval '1 hour'), 0)::int as hour,
    coalesce(sum(o.sent), 0)::int as day
  from verifications v join verifications o on o.email = v.email and o.network = v.network
  where v.id = $1 and o.purpose in ('email', 'reset') and o.created_at > now() - interval '1 day'`;

const reaches = (count: Count, limit: Count): boolean => count.hour >= limit.hour || count.day >= limit.day;
const exceeds = (count: Count, limit: Count): boolean => count.hour > limit.hour || count.day > limit.day;
const less = (limit: Count, by: Count): Count => ({ hour: limit.hour - by.hour, day: limit.day - by.day });

/** Per-recipient limits of e-mails. */
@Injectable()
export class EmailLimits {
  constructor(private readonly transactions: Transactions) {}

  /**
   * Part of a transaction. Others who write to the same recipient wait until it ends. `verification`: whose code it is; one
   * network cannot use up the codes of a recipient then.
   */
  async reached(recipient: string, template: EmailTemplate, verification?: number): Promise<boolean> {
    const limit = LIMITS.find(({ templates }) => templates.includes(template));
    if (!limit) return false;
    // Callers do not see e-mails and verifications.
    return this.transactions.asService(async () => {
      const sent = await this.sent(recipient, limit);
      const own = verification === undefined ? undefined : await this.ofNetwork(verification);
      if (reaches(sent, limit)) return true;
      if (!own || own.day <= 1) return false;
      return exceeds(own, SHARE) || reaches(sent, less(limit, RESERVE));
    });
  }

  private async sent(recipient: string, { templates }: Limit): Promise<Count> {
    await this.transactions.query(LOCK, [recipient], 'emails.lock-recipient');
    const sent = await this.transactions.first<Count>(LATELY, [recipient, [...templates]], 'emails.lately');
    return sent ?? { hour: 0, day: 0 };
  }

  private ofNetwork(verification: number): Promise<Count | undefined> {
    return this.transactions.first<Count>(OF_NETWORK, [verification], 'emails.of-network');
  }
}
