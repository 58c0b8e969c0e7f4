import { Controller } from '@nestjs/common';
import {
  type Batched,
  type Caller,
  type ChangeSite,
  type CreateSite,
  type FieldErrors,
  type HandlersOf,
  type ListSites,
  type Page,
  type ReplaceSite,
  type Site,
  type SiteMembers,
  type SiteMembersQuery,
  type SiteQuery,
  type SiteRef,
  sites,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { viewerOf } from '../money/viewer';
import { siteView } from './site.views';
import { siteOwner, SiteWrites } from './site.writes';
import { SitesRepository } from './sites.repository';

@Controller()
export class SitesHandler implements HandlersOf<typeof sites> {
  constructor(
    private readonly repository: SitesRepository,
    private readonly writes: SiteWrites,
    private readonly rates: CurrencyRates,
  ) {}

  @Handles(sites.table)
  async table(input: ListSites, caller: Caller): Promise<Page<Site>> {
    const { data, meta } = await this.repository.page(input, siteOwner(caller));
    const viewer = this.viewer(input, caller);
    return { data: data.map((row) => siteView(row, viewer)), meta };
  }

  @Handles(sites.all)
  all(input: ListSites, caller: Caller): Batched<Site> {
    const viewer = this.viewer(input, caller);
    return this.repository.all(input, siteOwner(caller)).map((row) => siteView(row, viewer));
  }

  @Handles(sites.one)
  async one(input: SiteQuery, caller: Caller): Promise<Site> {
    const row = await this.repository.owned(input.id, siteOwner(caller), input['power-centers'] ?? false);
    return siteView(row, this.viewer(input, caller));
  }

  @Handles(sites.create, { finishesValidation: true })
  async create(input: CreateSite, caller: Caller, errors: FieldErrors): Promise<Site> {
    return siteView(await this.writes.create(input, caller, errors));
  }

  @Handles(sites.replace, { finishesValidation: true })
  async replace(input: ReplaceSite, caller: Caller, errors: FieldErrors): Promise<Site> {
    return siteView(await this.writes.change(input, caller, errors));
  }

  @Handles(sites.change, { finishesValidation: true })
  async change(input: ChangeSite, caller: Caller, errors: FieldErrors): Promise<Site> {
    return siteView(await this.writes.change(input, caller, errors));
  }

  @Handles(sites.remove)
  remove({ id }: SiteRef, caller: Caller): Promise<void> {
    return this.writes.remove(id, caller);
  }

  @Handles(sites.members)
  async members({ id, accountId }: SiteMembersQuery): Promise<SiteMembers> {
    const today = new Date().toISOString().slice(0, 10);
    const { chargePointIds } = siteView(await this.repository.owned(id, { accountId, today }));
    return { charge_point_ids: chargePointIds };
  }

  /** Only who asks for power centers sees amounts. */
  private viewer(input: Pick<ListSites, 'power-centers'>, caller: Caller) {
    return input['power-centers'] ? viewerOf(caller, this.rates) : undefined;
  }
}
