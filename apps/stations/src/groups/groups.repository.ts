import { Injectable } from '@nestjs/common';
import type { Batched, ListGroups, Page } from '@open-cpo/contracts';
import { allOf, type List, pageOf, Transactions } from '@open-cpo/persistence';
import { GroupEntity } from './group.entity';
import * as sql from './group.queries';
import type { GroupRow } from './group.views';

/** Rows that a cursor fetches at once: with their power centers they can be large. */
const BATCH = { batch: 25 };

type OwnedRow = GroupRow & { readonly account_id: number };
export type GroupData = Pick<GroupEntity, 'name' | 'company_name' | 'license_code'>;

/** Every query about groups. */
@Injectable()
export class GroupsRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListGroups, accountId: number): Promise<Page<GroupRow>> {
    return pageOf<GroupRow>(this.transactions, list(query, accountId));
  }

  all(query: ListGroups, accountId: number): Batched<GroupRow> {
    return allOf<GroupRow>(this.transactions, list(query, accountId), BATCH);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: number, accountId: number, members = false): Promise<GroupRow> {
    const read = members ? sql.ONE_WITH_MEMBERS : sql.ONE;
    const { account_id: _, ...row } = await this.transactions.owned<OwnedRow>(read, accountId, [id]);
    return row;
  }

  /**
   * The same, locked for a change.
   * @throws Refusal `not_found`, `forbidden`
   */
  async ownedForChange(id: number, accountId: number): Promise<GroupRow> {
    await this.transactions.query(sql.LOCK, [id], 'groups.lock');
    return this.owned(id, accountId);
  }

  async add(accountId: number, data: GroupData): Promise<number> {
    const row = { ...data, account_id: accountId } as GroupEntity;
    return (await this.transactions.manager.save(GroupEntity, row)).id;
  }

  async change(id: number, data: Partial<GroupData>): Promise<void> {
    await this.transactions.manager.update(GroupEntity, { id }, { ...data, updated_at: new Date() });
  }

  /** Exactly these are in it from now on. */
  async setMembers(id: number, chargePointIds: readonly number[]): Promise<void> {
    await this.transactions.query(sql.LEAVE, [id, chargePointIds], 'groups.leave');
    await this.transactions.query(sql.JOIN, [id, chargePointIds], 'groups.join');
  }

  async remove(id: number): Promise<void> {
    await this.transactions.manager.delete(GroupEntity, { id });
  }
}

const list = (query: ListGroups, accountId: number): List => ({
  select: query['power-centers'] ? sql.COLUMNS_WITH_MEMBERS : sql.COLUMNS,
  from: sql.FROM,
  where: 'g.account_id = $1',
  params: [accountId],
  // What is searched for is found by its text and then sorted.
  order: query.search ? 'g.id + 0 desc' : 'g.id desc',
  searchIn: 'g.search_text',
  query,
});
