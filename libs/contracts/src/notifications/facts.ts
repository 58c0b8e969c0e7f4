import { domainEvent } from '../core/domain-event';
import { Id, Text } from '../fields';

/** An owner's endpoint is told nothing any more, because it has failed for days or has said that it is gone. */
export class WebhookDisabled {
  @Id() webhook_id: number;
  @Id() account_id: number;
  @Text({ presence: 'required', max: 2000 }) url: string;
}

export const webhookDisabled = domainEvent('notifications.webhooks.disabled', WebhookDisabled);
