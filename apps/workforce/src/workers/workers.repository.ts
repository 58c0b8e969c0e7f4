import { Injectable } from '@nestjs/common';
import {
  type Batched,
  cardsChanged,
  type FieldErrors,
  type Identity,
  type ListWorkers,
  type Page,
  type Worker,
} from '@open-cpo/contracts';
import { allOf, freeRows, type List, onUnique, Outbox, pageOf, Transactions } from '@open-cpo/persistence';
import { WorkerEntity } from './worker.entity';
import * as sql from './worker.queries';

/** Whose workers, and in which currency their cash is shown. */
export type Owner = Pick<Identity, 'accountId' | 'currency'>;
/** What can be said of a worker. */
export type WorkerData = Pick<WorkerEntity, 'first_name' | 'last_name' | 'email' | 'rfid' | 'expire_at'>;

export const RFID_TAKEN = 'The rfid has already been taken.';

type OwnedWorker = Worker & { readonly account_id: number };

const taken = onUnique('workers_rfid', 'rfid', RFID_TAKEN);

/** Every query about workers. Those who are gone are not found. */
@Injectable()
export class WorkersRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  page(query: ListWorkers, owner: Owner): Promise<Page<Worker>> {
    return pageOf<Worker>(this.transactions, this.list(query, owner));
  }

  all(query: ListWorkers, owner: Owner): Batched<Worker> {
    return allOf<Worker>(this.transactions, this.list(query, owner));
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: number, { accountId, currency }: Owner): Promise<Worker> {
    const { account_id: _, ...worker } = await this.transactions.owned<OwnedWorker>(sql.ONE, accountId, [id, currency]);
    return worker;
  }

  /** Adds an error where another live worker of the account has the card. */
  async checkCard(rfid: string | undefined, { accountId }: Owner, errors: FieldErrors, except?: number): Promise<void> {
    if (!rfid || errors.has('rfid')) return;
    const taken = await this.transactions.first(sql.TAKEN, [accountId, rfid, except], 'workers.taken');
    if (taken) errors.add('rfid', RFID_TAKEN);
  }

  /** @throws Refusal `validation_failed` when somebody else was given the card at the same moment */
  async add(data: WorkerData, { accountId, currency }: Owner): Promise<Worker> {
    const { first_name, last_name, email, rfid, expire_at } = data;
    const values = [accountId, currency, first_name, last_name, email, rfid, expire_at];
    const added = this.transactions.first<OwnedWorker>(sql.ADD, values, 'workers.add');
    const { account_id: _, ...worker } = (await added.catch(taken)) as OwnedWorker;
    await this.cardsChanged(accountId);
    return worker;
  }

  /** @throws Refusal `validation_failed` as `add` does */
  async change(id: number, data: Partial<WorkerData>, { accountId }: Owner): Promise<void> {
    await this.transactions.manager.update(WorkerEntity, { id }, { ...data, updated_at: new Date() }).catch(taken);
    if ('rfid' in data || 'expire_at' in data) await this.cardsChanged(accountId);
  }

  /** The row that it was imported from can make it again. */
  async remove(id: number, { accountId }: Owner): Promise<void> {
    await freeRows(this.transactions, 'workers', [id]);
    await this.transactions.manager.update(WorkerEntity, { id }, { deleted_at: new Date() });
    await this.cardsChanged(accountId);
  }

  private async cardsChanged(accountId: number): Promise<void> {
    await this.outbox.publish(cardsChanged, accountId, { account_id: accountId });
  }

  private list(query: ListWorkers, { accountId, currency }: Owner): List {
    return {
      select: sql.WORKER,
      from: 'workers w',
      where: sql.LIVE,
      params: [accountId, currency],
      searchIn: 'w.search_text',
      order: 'w.id desc',
      query,
    };
  }
}
