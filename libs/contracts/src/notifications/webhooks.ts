import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, page, read, write } from '../core/operation';
import { Bool, Choice, ChoiceList, Id, Int, Text } from '../fields';
import { EVENT_TYPES } from './events';

/** Endpoints that an account can have at once. */
export const MOST_WEBHOOKS = 10;

export const WEBHOOK_STATES = ['active', 'paused', 'disabled'] as const;
/** `paused` by its owner; `disabled` by us, after it has failed for long. */
export type WebhookState = (typeof WEBHOOK_STATES)[number];

const optional = { nullable: true, type: String } as const;
const moment = '2025-05-12T09:02:00.000000Z';

/** An address that receives events, without its secret. */
export class Webhook {
  @ApiProperty({ example: 7 }) id: number;
  @ApiProperty({ example: 'https://hooks.example.com/open-cpo' }) url: string;
  @ApiProperty({ example: 'Accounting' }) description: string;
  /** Types that it receives; empty: all of them. */
  @ApiProperty({ type: [String], example: ['order.completed', 'payout.paid'] }) events: string[];
  @ApiProperty({ example: 'active', enum: WEBHOOK_STATES }) status: WebhookState;
  /** Since when every delivery to it has failed. */
  @ApiProperty({ ...optional, example: null }) failing_since: string | null;
  /** What went wrong last, as long as it fails. */
  @ApiProperty({ ...optional, example: null }) last_error: string | null;
  @ApiProperty({ ...optional, example: moment }) last_delivered_at: string | null;
  @ApiProperty({ example: moment }) created_at: string;
  @ApiProperty({ example: moment }) updated_at: string;
}

export class NewWebhook extends Webhook {
  /** Signs what is sent; shown this once. */
  @ApiProperty({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }) secret: string;
}

export class WebhookSecret {
  /** Signs what is sent from now on; the one before signs along for a day. */
  @ApiProperty({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }) secret: string;
}

export class CreateWebhook {
  @Text({ presence: 'required', max: 500, example: 'https://hooks.example.com/open-cpo' }) url: string;
  @Text({ example: 'Accounting' }) description?: string | null;
  @ChoiceList(EVENT_TYPES, { example: ['order.completed', 'payout.paid'], description: 'Empty or absent: all types.' })
  events?: string[] | null;
}

export class WebhookRef {
  @Id() id: number;
}

/** What is absent stays. */
export class ChangeWebhook extends WebhookRef {
  @Text({ presence: 'filled', max: 500, example: 'https://hooks.example.com/open-cpo' }) url?: string;
  @Text({ example: 'Accounting' }) description?: string | null;
  @ChoiceList(EVENT_TYPES, { example: ['order.completed'] }) events?: string[] | null;
  @Bool({ presence: 'filled', example: true, description: 'False pauses it; true also ends its being disabled.' })
  active?: boolean;
}

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
/** `failed` for good: it is sent again on request. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An event on its way to one endpoint, arrived there, or given up. */
export class WebhookDelivery {
  @ApiProperty({ example: 1201 }) id: number;
  /** The header `webhook-id`. */
  @ApiProperty({ example: '6f1f2a53-3a43-4f0e-9d0c-5c1f0f4b7a11' }) event_id: string;
  @ApiProperty({ example: 'order.completed' }) type: string;
  @ApiProperty({ type: Number, nullable: true, example: 1042 }) sequence: number | null;
  @ApiProperty({ example: 'delivered', enum: DELIVERY_STATES }) status: DeliveryState;
  @ApiProperty({ example: 1 }) attempts: number;
  /** HTTP status of the last answer. */
  @ApiProperty({ type: Number, nullable: true, example: 204 }) response_status: number | null;
  @ApiProperty({ ...optional, example: null }) error: string | null;
  @ApiProperty({ example: moment }) created_at: string;
  @ApiProperty({ ...optional, example: moment }) attempted_at: string | null;
}

export class ListDeliveries {
  @Id() id: number;
  @Int({ min: 1, max: 100, description: 'Rows a page.' }) itemsPerPage?: number | null;
  @Int({ min: 1, max: 1_000_000, description: 'Page, from 1.' }) page?: number | null;
  @Choice(DELIVERY_STATES, { description: 'Those in this state alone.' }) status?: DeliveryState | null;
}

export class DeliveryRef {
  @Id() id: number;
  @Int({ min: 1, max: Number.MAX_SAFE_INTEGER, presence: 'required' }) delivery_id: number;
}

export const webhooks = operations('notifications.webhooks', {
  /** Newest first. */
  all: read(Nothing, list(Webhook)),
  one: read(WebhookRef, Webhook),
  /** Refuses `validation_failed` for an address that is not public, and beyond the most that an account can have. */
  create: write(CreateWebhook, NewWebhook, { audit: 'webhooks.create' }),
  change: write(ChangeWebhook, Webhook, { audit: 'webhooks.update' }),
  /** What is on its way to it is dropped. */
  remove: write(WebhookRef, nothing, { audit: 'webhooks.delete' }),
  /** A new secret. The one before signs along for a day, so that receivers can change in between. */
  rotate: write(WebhookRef, WebhookSecret, { audit: 'webhooks.update' }),
  /** Sends an event of the type `ping` to it. */
  ping: write(WebhookRef, WebhookDelivery, { audit: false, reason: 'A delivery changes nothing of the webhook.' }),
  /** Newest first; kept as long as events are. */
  deliveries: read(ListDeliveries, page(WebhookDelivery)),
  /** Tries one again, delivered or not; its `webhook-id` stays. */
  replay: write(DeliveryRef, WebhookDelivery, { audit: false, reason: 'A delivery changes nothing of the webhook.' }),
});
