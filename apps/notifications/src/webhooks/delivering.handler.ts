import { randomUUID } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  type DeliverEvent,
  delivering,
  DELIVERY_TRIES,
  type DeliveryOutcome,
  type DeliveryRequest,
  type DeliveryStanding,
  type HandlersOf,
  PING_TRIES,
  type WebhookDisabled,
  webhookDisabled,
  type WebhookState,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { Secrets } from '../secrets/secrets';
import { Deliveries } from './deliveries';
import { type SigningKey, signedHeaders } from './signing';
import * as sql from './webhooks.queries';

/** Tries under way to one endpoint: a slow one takes no more of the worker than this. */
const AT_ONCE = 4;
/** Tries under way of one account, over all workers: however many slow endpoints it has. */
const PER_ACCOUNT = 8;
/** Days of failures after which an endpoint is disabled. */
const PATIENCE = 3;
const GONE = 410;
const NOTHING: DeliveryRequest = { url: null, headers: {}, body: '' };

interface Begun {
  readonly account_id: number;
  readonly event_id: string;
  readonly body: string;
  readonly url: string;
  readonly status: WebhookState | 'locked';
  readonly secrets: Buffer;
}

/** Of a delivery. */
interface Endpoint {
  readonly id: number;
  readonly account_id: number;
}

interface Settled {
  readonly webhook_id: number;
  readonly account_id: number;
  readonly status: string;
  readonly attempts: number;
}

interface Failed extends WebhookDisabled {
  readonly just_now: boolean;
}

/** Calls of the worker: what to send, and where; and the result of it. */
@Controller()
export class DeliveringHandler implements HandlersOf<typeof delivering> {
  constructor(
    private readonly transactions: Transactions,
    private readonly secrets: Secrets,
    private readonly deliveries: Deliveries,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  @Handles(delivering.begin)
  async begin({ id }: DeliverEvent): Promise<DeliveryRequest> {
    return this.transactions.run(async () => {
      const endpoint = await this.transactions.first<Endpoint>(sql.IN_TURN, [id], 'deliveries.in-turn');
      if (!endpoint) return NOTHING;
      const begun = await this.transactions.first<Begun>(sql.BEGIN, [id, AT_ONCE, PER_ACCOUNT], 'deliveries.begin');
      if (!begun) {
        await this.transactions.query(sql.HOLD, [id], 'deliveries.hold');
        return NOTHING;
      }
      const { account_id, event_id, body, url, status, secrets } = begun;
      if (status !== 'active') {
        const why = status === 'locked' ? 'The account is locked.' : `The endpoint is ${status}.`;
        await this.settle(id, null, why, true);
        await this.next(account_id);
        return NOTHING;
      }
      const keys = JSON.parse(this.secrets.unseal(account_id, secrets)) as SigningKey[];
      return { url, headers: signedHeaders(keys, event_id, body), body };
    });
  }

  @Handles(delivering.finish)
  async finish({ id, response_status = null, error = null, tried }: DeliveryOutcome): Promise<DeliveryStanding> {
    const gone = response_status === GONE;
    return this.transactions.run(async () => {
      await this.transactions.query(sql.IN_TURN, [id], 'deliveries.in-turn');
      const settled = await (tried === false
        ? this.takeBack(id, error)
        : this.settle(id, response_status, error, gone));
      if (!settled) return { done: true, tries: 0 };
      if (tried === false) this.log.warn('A delivery was not tried', { delivery: id, reason: error });
      else if (error === null) await this.transactions.query(sql.WENT_WELL, [settled.webhook_id]);
      else await this.wentWrong(settled.webhook_id, error, gone);
      await this.next(settled.account_id);
      return { done: settled.status !== 'pending', tries: settled.attempts };
    });
  }

  private async wentWrong(webhookId: number, error: string, gone: boolean): Promise<void> {
    const params = [webhookId, error, gone, PATIENCE];
    const endpoint = await this.transactions.first<Failed>(sql.WENT_WRONG, params, 'webhooks.went-wrong');
    if (!endpoint?.just_now) return;
    const { webhook_id, account_id, url } = endpoint;
    await this.outbox.publish(webhookDisabled, account_id, { webhook_id, account_id, url });
  }

  /** A try has ended: another one of the account has its turn. */
  private async next(accountId: number): Promise<void> {
    const params = [accountId, AT_ONCE];
    const waiting = await this.transactions.first<{ id: number }>(sql.NEXT, params, 'deliveries.next');
    if (waiting) await this.deliveries.ask(waiting.id, randomUUID());
  }

  private settle(id: number, response: number | null, error: string | null, forGood: boolean) {
    const params = [id, response, error, forGood, DELIVERY_TRIES, PING_TRIES];
    return this.transactions.first<Settled>(sql.FINISH, params, 'deliveries.finish');
  }

  private takeBack(id: number, error: string | null) {
    return this.transactions.first<Settled>(sql.NOT_TRIED, [id, error], 'deliveries.not-tried');
  }
}
