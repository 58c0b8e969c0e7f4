import { Injectable } from '@nestjs/common';
import type { Batched, ListSites, Page } from '@open-cpo/contracts';
import { allOf, type List, pageOf, Transactions } from '@open-cpo/persistence';
import { SiteAddressEntity, SiteEntity } from './site.entity';
import * as sql from './site.queries';
import type { AddressData } from './site.rules';
import type { SiteRow } from './site.views';

/** Rows that a cursor fetches at once: with their power centers they can be large. */
const BATCH = { batch: 25 };

type OwnedRow = SiteRow & { readonly account_id: number };
export type SiteData = Omit<SiteEntity, 'id' | 'account_id' | 'created_at' | 'updated_at'>;

/** Whose sites, and which day it is where the account is. */
export interface Owner {
  readonly accountId: number;
  readonly today: string;
}

/** A power center that left another site for this one. */
export interface Moved {
  readonly id: number;
  readonly site: number;
}

/** Every query about sites. */
@Injectable()
export class SitesRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListSites, owner: Owner): Promise<Page<SiteRow>> {
    return pageOf<SiteRow>(this.transactions, list(query, owner));
  }

  all(query: ListSites, owner: Owner): Batched<SiteRow> {
    return allOf<SiteRow>(this.transactions, list(query, owner), BATCH);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: number, { accountId, today }: Owner, members = false): Promise<SiteRow> {
    const read = members ? sql.ONE_WITH_MEMBERS : sql.ONE;
    const { account_id: _, ...row } = await this.transactions.owned<OwnedRow>(read, accountId, [id, today]);
    return row;
  }

  /**
   * The same, locked for a change.
   * @throws Refusal `not_found`, `forbidden`
   */
  async ownedForChange(id: number, owner: Owner): Promise<SiteRow> {
    await this.transactions.query(sql.LOCK, [id], 'sites.lock');
    return this.owned(id, owner);
  }

  async hasCategory(id: number, accountId: number): Promise<boolean> {
    return (await this.transactions.first(sql.CATEGORY, [id, accountId], 'sites.category')) !== undefined;
  }

  async add(accountId: number, data: Partial<SiteData>): Promise<number> {
    return (await this.transactions.manager.save(SiteEntity, { ...data, account_id: accountId } as SiteEntity)).id;
  }

  async change(id: number, data: Partial<SiteData>): Promise<void> {
    await this.transactions.manager.update(SiteEntity, { id }, { ...data, updated_at: new Date() });
  }

  /** The address keeps its id when it changes; null takes it away. */
  async setAddress(siteId: number, address: Partial<AddressData> | null): Promise<void> {
    const { manager } = this.transactions;
    const of = { site_id: siteId };
    if (address === null) await manager.delete(SiteAddressEntity, of);
    else await manager.upsert(SiteAddressEntity, { ...(address as SiteAddressEntity), ...of }, ['site_id']);
  }

  /** Exactly these are in it from now on; answers those that were in another site. */
  async setMembers(id: number, chargePointIds: readonly number[]): Promise<Moved[]> {
    const params = [id, chargePointIds];
    await this.transactions.query(sql.LEAVE, params, 'sites.leave');
    const moved = await this.transactions.query<Moved>(sql.ELSEWHERE, params, 'sites.elsewhere');
    await this.transactions.query(sql.JOIN, params, 'sites.join');
    return moved;
  }

  async remove(id: number): Promise<void> {
    await this.transactions.manager.delete(SiteEntity, { id });
  }
}

const list = (query: ListSites, { accountId, today }: Owner): List => ({
  select: query['power-centers'] ? sql.COLUMNS_WITH_MEMBERS : sql.COLUMNS,
  from: sql.FROM,
  countFrom: 'charging_sites s',
  where: 's.account_id = $1',
  params: [accountId, today],
  // What is searched for is found by its text and then sorted.
  order: query.search ? 's.id + 0 desc' : 's.id desc',
  searchIn: 's.search_text',
  query,
});
