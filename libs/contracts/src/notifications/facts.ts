import { domainEvent } from '../core/domain-event';
import { Id, Text } from '../fields';

/** An owner's endpoint gets no more events, because it has failed for days or has answered 410. */
export class WebhookDisabled {
  @Id() webhook_id: number;
  @Id() account_id: number;
  @Text({ presence: 'required', max: 2000 }) url: string;
}

export const webhookDisabled = domainEvent('notifications.webhooks.disabled', WebhookDisabled);
