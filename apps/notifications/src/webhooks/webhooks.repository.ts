import { Injectable } from '@nestjs/common';
import {
  type Identity,
  type ListDeliveries,
  type Page,
  Refusal,
  type Webhook,
  type WebhookDelivery,
} from '@open-cpo/contracts';
import { pageOf, Transactions } from '@open-cpo/persistence';
import * as sql from './webhooks.queries';

/** What an endpoint is entered or changed with; what is null stays. */
export interface Entry {
  readonly url: string | null;
  readonly description: string | null;
  readonly events: readonly string[] | null;
}

/** Who answers for an endpoint: its creator, or who changed its address or switched it on since. */
type Maker = Pick<Identity, 'accountId' | 'userId'>;

/** Every query about endpoints, each bound to its account. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly transactions: Transactions) {}

  all(accountId: number): Promise<Webhook[]> {
    return this.transactions.query<Webhook>(sql.ALL, [accountId], 'webhooks.all');
  }

  /** @throws Refusal `not_found`, or `forbidden` for another account's */
  async owned(accountId: number, id: number): Promise<Webhook> {
    const found = await this.transactions.first<Webhook>(sql.ONE, [accountId, id], 'webhooks.one');
    if (found) return found;
    const other = await this.transactions.firstAcrossAccounts(sql.OWNER, [id]);
    throw new Refusal(other ? 'forbidden' : 'not_found');
  }

  /** Other additions and changes of the account's endpoints, and the disabling of a user's, wait until the transaction ends. */
  async inTurn(accountId: number): Promise<void> {
    await this.transactions.query(sql.LOCK, [accountId]);
  }

  /** The number of endpoints. */
  async count(accountId: number): Promise<number> {
    return (await this.transactions.first<{ count: number }>(sql.COUNT, [accountId]))?.count ?? 0;
  }

  async add({ accountId, userId }: Maker, { url, description, events }: Entry, secrets: Buffer): Promise<number> {
    const params = [accountId, url, description ?? '', events ?? [], secrets, userId];
    const added = await this.transactions.first<{ id: number }>(sql.ADD, params);
    return added?.id ?? 0;
  }

  async change({ accountId, userId }: Maker, id: number, { url, description, events }: Entry, status: string | null) {
    await this.transactions.query(sql.CHANGE, [accountId, id, url, description, events, status, userId]);
  }

  async remove(accountId: number, id: number): Promise<void> {
    await this.transactions.query(sql.REMOVE, [accountId, id]);
  }

  /** Locked until the transaction ends. */
  async secrets(accountId: number, id: number): Promise<Buffer> {
    const found = await this.transactions.first<{ secrets: Buffer }>(sql.KEYS, [accountId, id]);
    if (!found) throw new Refusal('not_found');
    return found.secrets;
  }

  async rekey(accountId: number, id: number, secrets: Buffer): Promise<void> {
    await this.transactions.query(sql.REKEY, [accountId, id, secrets]);
  }

  async lockAccount(accountId: number, locked: boolean): Promise<void> {
    await this.transactions.query(sql.LOCK_ACCOUNT, [accountId, locked]);
  }

  /** Addresses of the endpoints that were active until now. */
  disableOf(accountId: number, userId: number): Promise<Pick<Webhook, 'url'>[]> {
    return this.transactions.query(sql.DISABLE_OF_USER, [accountId, userId]);
  }

  deliveries(accountId: number, { id, status, itemsPerPage, page }: ListDeliveries): Promise<Page<WebhookDelivery>> {
    return pageOf<WebhookDelivery>(this.transactions, {
      select: sql.DELIVERY,
      from: 'webhook_deliveries d',
      where: 'd.account_id = $1 and d.webhook_id = $2 and ($3::text is null or d.status = $3)',
      params: [accountId, id, status ?? null],
      order: 'd.id desc',
      query: { itemsPerPage, page },
    });
  }

  /** @throws Refusal `not_found` */
  async delivery(accountId: number, webhookId: number, id: number): Promise<WebhookDelivery> {
    const params = [accountId, webhookId, id];
    const found = await this.transactions.first<WebhookDelivery>(sql.DELIVERY_OF, params, 'deliveries.one');
    if (!found) throw new Refusal('not_found');
    return found;
  }

  async again(accountId: number, webhookId: number, id: number): Promise<void> {
    await this.transactions.query(sql.AGAIN, [accountId, webhookId, id]);
  }
}
