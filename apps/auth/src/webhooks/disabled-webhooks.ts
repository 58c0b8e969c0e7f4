import { Injectable } from '@nestjs/common';
import { type Language, type WebhookDisabled, webhookDisabled } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { hostOf } from '@open-cpo/platform';
import { OutgoingEmails } from '../emails/outgoing-emails';

const OWNERS = `
  select email, first_name as name, language from users where account_id = $1 and role = 'owner' and status = 'active'
  order by id`;

/** Notifies owners by mail that an endpoint of theirs gets no more events: it may be unattended. */
@Injectable()
export class DisabledWebhooks {
  constructor(
    private readonly transactions: Transactions,
    private readonly emails: OutgoingEmails,
  ) {}

  @Consumes(webhookDisabled, { as: 'auth-webhooks', from: 'new' })
  async disabled({ account_id, url }: WebhookDisabled): Promise<void> {
    const owners = await this.transactions.query<{ email: string; name: string; language: Language }>(
      OWNERS,
      [account_id],
      'webhooks.owners',
    );
    const host = hostOf(url);
    for (const { email, name, language } of owners) {
      await this.emails.send({ to: email, template: 'webhook-disabled', params: { name, host }, language });
    }
  }
}
