import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeWebhook,
  type CreateWebhook,
  type DeliveryRef,
  type FieldErrors,
  type HandlersOf,
  type ListDeliveries,
  MOST_WEBHOOKS,
  type NewWebhook,
  type NoticeKind,
  type Nothing,
  ownerOf,
  type Page,
  type Webhook,
  type WebhookDelivery,
  type WebhookRef,
  type WebhookSecret,
  webhooks,
  webhooksNotice,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, Outbox } from '@open-cpo/persistence';
import { hostOf, targetProblem } from '@open-cpo/platform';
import { NotificationsConfig } from '../config';
import { Secrets } from '../secrets/secrets';
import { Deliveries } from './deliveries';
import { newSecret, rotated, type SigningKey } from './signing';
import { WebhooksRepository } from './webhooks.repository';

const subject = 'webhook';
/** Milliseconds for which the secret before signs along. */
const OVERLAP = 24 * 60 * 60 * 1000;

/** Webhook endpoints of an account. */
@Controller()
export class WebhooksHandler implements HandlersOf<typeof webhooks> {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly outgoing: Deliveries,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly config: NotificationsConfig,
  ) {}

  @Handles(webhooks.all)
  all(_: Nothing, caller: Caller): Promise<Webhook[]> {
    return this.repository.all(ownerOf(caller).accountId);
  }

  @Handles(webhooks.one)
  one({ id }: WebhookRef, caller: Caller): Promise<Webhook> {
    return this.repository.owned(ownerOf(caller).accountId, id);
  }

  @Handles(webhooks.create, { finishesValidation: true })
  async create(input: CreateWebhook, caller: Caller, errors: FieldErrors): Promise<NewWebhook> {
    const maker = ownerOf(caller);
    const { accountId } = maker;
    this.judge(input.url, errors);
    await this.repository.inTurn(accountId);
    if ((await this.repository.count(accountId)) >= MOST_WEBHOOKS && !errors.has('url')) {
      errors.add('url', `An account can have ${MOST_WEBHOOKS} webhooks at most.`);
    }
    errors.throwIfAny();
    const secret = newSecret();
    const { url, description = null, events = null } = input;
    const sealed = this.secrets.seal(accountId, JSON.stringify([{ secret }]));
    const id = await this.repository.add(maker, { url, description, events }, sealed);
    const made = await this.repository.owned(accountId, id);
    await this.audit.write({ subject, id, after: { url } }, caller);
    await this.told('webhook-created', url, caller);
    return { ...made, secret };
  }

  @Handles(webhooks.change, { finishesValidation: true })
  async change(input: ChangeWebhook, caller: Caller, errors: FieldErrors): Promise<Webhook> {
    const editor = ownerOf(caller);
    const { accountId } = editor;
    await this.repository.inTurn(accountId);
    const before = await this.repository.owned(accountId, input.id);
    this.judge(input.url, errors);
    errors.throwIfAny();
    const { url = null, active } = input;
    // What is emptied is no longer what it was; what is absent stays.
    const description = input.description === null ? '' : (input.description ?? null);
    const events = input.events === null ? [] : (input.events ?? null);
    const status = active === undefined ? null : active ? 'active' : 'paused';
    await this.repository.change(editor, input.id, { url, description, events }, status);
    const after = await this.repository.owned(accountId, input.id);
    await this.audit.write({ subject, id: input.id, before, after }, caller);
    await this.told('webhook-changed', after.url, caller);
    return after;
  }

  @Handles(webhooks.remove)
  async remove({ id }: WebhookRef, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const { url } = await this.repository.owned(accountId, id);
    await this.repository.remove(accountId, id);
    await this.audit.write({ subject, id, before: { url } }, caller);
    await this.told('webhook-removed', url, caller);
  }

  @Handles(webhooks.rotate)
  async rotate({ id }: WebhookRef, caller: Caller): Promise<WebhookSecret> {
    const { accountId } = ownerOf(caller);
    const { url } = await this.repository.owned(accountId, id);
    const keys = this.secrets.unseal(accountId, await this.repository.secrets(accountId, id));
    const secret = newSecret();
    const next = rotated(JSON.parse(keys) as SigningKey[], secret, Date.now() + OVERLAP);
    await this.repository.rekey(accountId, id, this.secrets.seal(accountId, JSON.stringify(next)));
    await this.audit.write({ subject, id, after: { secret: 'rotated' } }, caller);
    await this.told('webhook-changed', url, caller);
    return { secret };
  }

  @Handles(webhooks.ping)
  async ping({ id }: WebhookRef, caller: Caller): Promise<WebhookDelivery> {
    const { accountId } = ownerOf(caller);
    await this.repository.owned(accountId, id);
    const occurred_at = new Date().toISOString().replace('Z', '000Z');
    const event = { id: randomUUID(), type: 'ping', sequence: null, occurred_at, data: { webhook_id: id } };
    const [delivery = 0] = await this.outgoing.queue([{ account_id: accountId, webhook_id: id, event }]);
    return this.repository.delivery(accountId, id, delivery);
  }

  @Handles(webhooks.deliveries)
  async deliveries(input: ListDeliveries, caller: Caller): Promise<Page<WebhookDelivery>> {
    const { accountId } = ownerOf(caller);
    await this.repository.owned(accountId, input.id);
    return this.repository.deliveries(accountId, input);
  }

  @Handles(webhooks.replay)
  async replay({ id, delivery_id }: DeliveryRef, caller: Caller): Promise<WebhookDelivery> {
    const { accountId } = ownerOf(caller);
    await this.repository.owned(accountId, id);
    await this.repository.delivery(accountId, id, delivery_id);
    await this.repository.again(accountId, id, delivery_id);
    await this.outgoing.ask(delivery_id, randomUUID());
    return this.repository.delivery(accountId, id, delivery_id);
  }

  /** Owners get a mail. The host alone: what else an address holds may be a secret. */
  private async told(kind: NoticeKind, url: string, caller: Caller): Promise<void> {
    const { accountId: account_id, userId: user_id } = ownerOf(caller);
    const details = { host: hostOf(url) };
    await this.outbox.publish(webhooksNotice, account_id, { kind, account_id, user_id, details });
  }

  private judge(url: string | undefined, errors: FieldErrors): void {
    if (url === undefined || errors.has('url')) return;
    const problem = targetProblem(url, this.config.webhookLocalTargets);
    if (problem) errors.add('url', `The url field ${problem}.`);
  }
}
