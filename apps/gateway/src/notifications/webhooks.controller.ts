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

  @Route('GET', '', {
    title: 'List webhooks',
    description: 'Lists the webhooks of the account, without their secrets.',
    calls: webhooks.all,
    can: 'webhooks.view',
  })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(webhooks.all, input, caller);
  }

  @Route('GET', ':id', {
    title: 'Get a webhook',
    description: 'Answers a webhook: its address, events and whether it is enabled.',
    calls: webhooks.one,
    can: 'webhooks.view',
  })
  one(@Input() input: WebhookRef, @From() caller: Caller) {
    return this.bus.bytes(webhooks.one, input, caller);
  }

  @Route('POST', '', {
    title: 'Create a webhook',
    description: 'Creates a webhook for some kinds of events and answers the secret that signs its deliveries, once.',
    calls: webhooks.create,
    noStore: true,
    can: 'webhooks.create',
  })
  create(@Input() input: CreateWebhook, @From() caller: Caller) {
    return this.bus.bytes(webhooks.create, input, caller);
  }

  @Route('PATCH', ':id', {
    title: 'Change a webhook',
    description:
      'Changes the address or events of a webhook, pauses it with `active: false` or enables it again. Fields that are not sent stay as they are.',
    calls: webhooks.change,
    can: 'webhooks.update',
  })
  change(@Input() input: ChangeWebhook, @From() caller: Caller) {
    return this.bus.bytes(webhooks.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a webhook',
    description: 'Deletes a webhook. Deliveries that were not made are dropped.',
    calls: webhooks.remove,
    can: 'webhooks.delete',
  })
  remove(@Input() input: WebhookRef, @From() caller: Caller) {
    return this.bus.bytes(webhooks.remove, input, caller);
  }

  @Route('POST', ':id/secret', {
    title: "Rotate a webhook's secret",
    description: 'Answers a new secret, once. For 24 hours deliveries are signed with the previous one too.',
    calls: webhooks.rotate,
    noStore: true,
    can: 'webhooks.update',
  })
  rotate(@Input() input: WebhookRef, @From() caller: Caller) {
    return this.bus.bytes(webhooks.rotate, input, caller);
  }

  @Route('POST', ':id/test', {
    title: 'Send a test to a webhook',
    description: 'Sends a `ping` to the webhook, as a delivery like any other.',
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
    description: 'One page of the deliveries to a webhook and their results of the last seven days, newest first.',
    calls: webhooks.deliveries,
    can: 'webhooks.view',
  })
  deliveries(@Input() input: ListDeliveries, @From() caller: Caller) {
    return this.bus.bytes(webhooks.deliveries, input, caller);
  }

  @Route('POST', ':id/deliveries/:delivery_id/replay', {
    title: 'Deliver an event again',
    description: 'Delivers an event again, with the same id, so that the receiver can recognise it.',
    calls: webhooks.replay,
    can: 'webhooks.update',
    refusals: [429],
  })
  async replay(@Input() input: DeliveryRef, @From() caller: Caller) {
    await this.limits.webhookTested(ownerOf(caller).accountId);
    return this.bus.bytes(webhooks.replay, input, caller);
  }
}
