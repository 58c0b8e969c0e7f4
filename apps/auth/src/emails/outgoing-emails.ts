import { Injectable } from '@nestjs/common';
import { type EmailTemplate, type Language, sendEmail } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { Secrets } from '../secrets/secrets';
import { EmailLimits } from './email-limits';

/** An e-mail to somebody. */
export interface Letter {
  readonly to: string;
  readonly template: EmailTemplate;
  readonly params: Readonly<Record<string, string>>;
  readonly language: Language;
  /** Minutes after which it is of no use any more. */
  readonly lifetime?: number;
  /** It is written and settled, but not sent: that costs what sending it does, but for the mail server's part. */
  readonly mute?: boolean;
  /** The limits of its recipient do not hold it back. */
  readonly unlimited?: boolean;
  /** The verification whose code it has, or the invitation that it tells of: others must not use up its share. */
  readonly verification?: number;
  readonly invitation?: number;
}

const DAY = 24 * 60;
const INSERT = `
  insert into emails (recipient, template, params, language, state, dedupe_key, expires_at)
  values ($1, $2, $3, $4, $5, gen_random_uuid(), now() + $6 * interval '1 minute')
  returning id, dedupe_key as "dedupeKey"`;

/** Asks for e-mails, in the transaction that is the reason for them. */
@Injectable()
export class OutgoingEmails {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly secrets: Secrets,
    private readonly limits: EmailLimits,
  ) {}

  async send({
    to,
    template,
    params,
    language,
    lifetime = DAY,
    mute = false,
    unlimited = false,
    verification,
    invitation,
  }: Letter): Promise<void> {
    const sealed = this.secrets.seal('emails', JSON.stringify(params));
    // Looked up for mute ones, too: that they are not sent must not show in what they cost.
    const isLimited = (await this.limits.reached(to, template, { verification, invitation })) && !unlimited;
    const state = mute || isLimited ? 'mute' : 'waiting';
    const values = [to, template, sealed, language, state, lifetime];
    // Callers do not see e-mails, not even those that they cause.
    const row = await this.transactions.asService(() =>
      this.transactions.first<{ id: number; dedupeKey: string }>(INSERT, values, 'emails.insert'),
    );
    if (!row) throw new Error('The e-mail was not stored.');
    // Ids start again with a new database, while the queue may still remember those of the last one.
    await this.outbox.job(sendEmail, row.dedupeKey, { id: row.id });
  }
}
