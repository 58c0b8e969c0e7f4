import { Injectable } from '@nestjs/common';
import { type EmailTemplate, type Language, sendEmail } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { Secrets } from '../secrets/secrets';

/** An e-mail to somebody. */
export interface Letter {
  readonly to: string;
  readonly template: EmailTemplate;
  readonly params: Readonly<Record<string, string>>;
  readonly language: Language;
  /** Minutes after which it is of no use any more. */
  readonly lifetime?: number;
  /** Nobody gets it, and that costs exactly what sending it would. */
  readonly mute?: boolean;
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
  ) {}

  async send({ to, template, params, language, lifetime = DAY, mute = false }: Letter): Promise<void> {
    const sealed = this.secrets.seal('emails', JSON.stringify(params));
    const state = mute ? 'mute' : 'waiting';
    const values = [to, template, sealed, language, state, lifetime];
    const row = await this.transactions.first<{ id: number; dedupeKey: string }>(INSERT, values, 'emails.insert');
    if (!row) throw new Error('The e-mail was not stored.');
    // Ids begin anew with a new database, while the queue may still remember those of the last one.
    await this.outbox.job(sendEmail, row.dedupeKey, { id: row.id });
  }
}
