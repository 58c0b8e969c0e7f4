import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeWebhook,
  type CreateWebhook,
  type DeliveryRef,
  type ListDeliveries,
  ownerOf,
  type WebhookRef,
  webhooks,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { Limits } from '../http/limits/limits';
import { From, Input, Route } from '../http/route';

@Controller('api/webhooks')
export class WebhooksController {
  constructor(
    private readonly bus: Bus,
    private readonly limits: Limits,
  ) {}

  @Route('GET', '', { title: 'List webhooks', calls: webhooks.all, can: 'webhooks.view' })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(webhooks.all, input, caller);
  }

  @Route('GET', ':id', { title: 'Get a webhook', calls: webhooks.one, can: 'webhooks.view' })
  one(@Input() input: WebhookRef, @From() caller: Caller) {
    return this.bus.bytes(webhooks.one, input, caller);
  }

  @Route('POST', '', { title: 'Create a webhook', calls: webhooks.create, noStore: true, can: 'webhooks.create' })
  create(@Input() input: CreateWebhook, @From() caller: Caller) {
    return this.bus.bytes(webhooks.create, input, caller);
  }

  @Route('PATCH', ':id', { title: 'Change a webhook', calls: webhooks.change, can: 'webhooks.update' })
  change(@Input() input: ChangeWebhook, @From() caller: Caller) {
    return this.bus.bytes(webhooks.change, input, caller);
  }

  @Route('DELETE', ':id', { title: 'Delete a webhook', calls: webhooks.remove, can: 'webhooks.delete' })
  remove(@Input() input: WebhookRef, @From() caller: Caller) {
    return this.bus.bytes(webhooks.remove, input, caller);
  }

  @Route('POST', ':id/secret', {
    title: "Rotate a webhook's secret",
    calls: webhooks.rotate,
    noStore: true,
    can: 'webhooks.update',
  })
  rotate(@Input() input: WebhookRef, @From() caller: Caller) {
    return this.bus.bytes(webhooks.rotate, input, caller);
  }

  @Route('POST', ':id/test', {
    title: 'Send a test to a webhook',
    calls: webhooks.ping,
    can: 'webhooks.update',
    refusals: [429],
  })
  async ping(@Input() input: WebhookRef, @From() caller: Caller) {
    await this.limits.webhookTested(ownerOf(caller).accountId);
    return this.bus.bytes(webhooks.ping, input, caller);
  }

  @Route('GET', ':id/deliveries', {
    title: "List a webhook's deliveries",
    calls: webhooks.deliveries,
    can: 'webhooks.view',
  })
  deliveries(@Input() input: ListDeliveries, @From() caller: Caller) {
    return this.bus.bytes(webhooks.deliveries, input, caller);
  }

  @Route('POST', ':id/deliveries/:delivery_id/replay', {
    title: 'Deliver an event again',
    calls: webhooks.replay,
    can: 'webhooks.update',
    refusals: [429],
  })
  async replay(@Input() input: DeliveryRef, @From() caller: Caller) {
    await this.limits.webhookTested(ownerOf(caller).accountId);
    return this.bus.bytes(webhooks.replay, input, caller);
  }
}
