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
  /** Those that one network, or one account, can cause. */
  readonly share?: Count;
}

/** Who causes an e-mail. */
export interface Cause {
  readonly verification?: number;
  readonly invitation?: number;
}

/**
 * E-mails to one recipient that strangers can cause, over all senders. Codes, invitations and notices of a taken address are
 * counted apart, so that none uses up another. Notices go to members alone and have no limit: a thief inside an
 * account could otherwise use it up before the change of which members must learn.
 */
const LIMITS: readonly Limit[] = [
  { templates: ['verify-email', 'reset-password'], hour: 8, day: 20, share: { hour: 6, day: 12 } },
  { templates: ['invitation'], hour: 8, day: 20, share: { hour: 5, day: 10 } },
  { templates: ['already-registered'], hour: 5, day: 10 },
];

/**
 * The limit for a network or account that has caused none within a day. Beyond the limits there is one for every few minutes, within
 * the share: strangers slow down the owner of an address, and cannot shut them out.
 */
const FIRST: Count = { hour: 30, day: 100 };
const SPACING_SECONDS = 300;

const LOCK = `select pg_advisory_xact_lock(hashtextextended('emails ' || $1, 0))`;
const LATELY = `
  select count(*) filter (where created_at > now() - interval '1 hour')::int as hour, count(*)::int as day,
    coalesce(max(created_at) < now() - interval '${SPACING_SECONDS} seconds', true) as spaced
  from emails
  where recipient = $1 and template = any($2) and state <> 'mute' and created_at > now() - interval '1 day'`;

// The verification itself is counted.
const OF_NETWORK = `
  select coalesce(sum(o.sent) filter (where o.created_at > now() - interval '1 hour'), 0)::int as hour,
    coalesce(sum(o.sent), 0)::int as day
  from verifications v join verifications o on o.email = v.email and o.network = v.network
  where v.id = $1 and o.purpose in ('email', 'reset') and o.created_at > now() - interval '1 day'`;

// So is the invitation, and those that were withdrawn.
const OF_ACCOUNT = `
  select count(*) filter (where o.created_at > now() - interval '1 hour')::int as hour, count(*)::int as day
  from invitations i join invitations o on o.account_id = i.account_id and o.email = i.email
  where i.id = $1 and o.created_at > now() - interval '1 day'`;

const reaches = (count: Count, limit: Count): boolean => count.hour >= limit.hour || count.day >= limit.day;
const exceeds = (count: Count, limit: Count): boolean => count.hour > limit.hour || count.day > limit.day;

/** Per-recipient limits of e-mails. */
@Injectable()
export class EmailLimits {
  constructor(private readonly transactions: Transactions) {}

  /** Part of a transaction. Others who write to the same recipient wait until it ends. */
  async reached(recipient: string, template: EmailTemplate, cause: Cause): Promise<boolean> {
    const limit = LIMITS.find(({ templates }) => templates.includes(template));
    if (!limit) return false;
    // Callers do not see e-mails and verifications.
    return this.transactions.asService(async () => {
      const sent = await this.sent(recipient, limit);
      const own = await this.causedBy(cause);
      if (!own || !limit.share) return reaches(sent, limit);
      // One that was not sent counts as caused, too: a second try must not be worse off than the first.
      return exceeds(own, limit.share) || (reaches(sent, own.day <= 1 ? FIRST : limit) && !sent.spaced);
    });
  }

  private async sent(recipient: string, { templates }: Limit): Promise<Count & { readonly spaced: boolean }> {
    await this.transactions.query(LOCK, [recipient], 'emails.lock-recipient');
    const values = [recipient, [...templates]];
    const sent = await this.transactions.first<Count & { spaced: boolean }>(LATELY, values, 'emails.lately');
    return sent ?? { hour: 0, day: 0, spaced: true };
  }

  /** With the present one. */
  private async causedBy({ verification, invitation }: Cause): Promise<Count | undefined> {
    if (verification !== undefined) return this.transactions.first(OF_NETWORK, [verification], 'emails.of-network');
    return invitation === undefined
      ? undefined
      : this.transactions.first(OF_ACCOUNT, [invitation], 'emails.of-account');
  }
}
