import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeSite,
  type CreateSite,
  type ListSites,
  type ReplaceSite,
  type SiteQuery,
  type SiteRef,
  sites,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { plainMessage } from '../http/answers/refusals';
import { POWER_CENTERS } from '../http/caching/cache-versions';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

const refuse = plainMessage('Validation error.');
const update = {
  title: 'Update an existing site.',
  description: 'Changes a site. Power centers that are sent replace the earlier ones.',
  can: 'sites.update',
  refuse,
} as const;

@Controller('api/charging-sites')
export class SitesController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', 'datatable', {
    title: 'Sites list (datatable).',
    description: 'One page of the sites of the account, newest first, with the total number of matches.',
    calls: sites.table,
    can: 'sites.view',
    cached: POWER_CENTERS,
  })
  table(@Input() input: ListSites, @From() caller: Caller) {
    return this.lists.page(sites.table, sites.all, input, caller);
  }

  @Route('GET', '', {
    title: 'Sites list.',
    description: 'Lists all sites of the account, newest first, with their address and power centers.',
    calls: sites.all,
    can: 'sites.view',
    cached: POWER_CENTERS,
  })
  all(@Input() input: ListSites, @From() caller: Caller) {
    return this.lists.all(sites.all, input, caller);
  }

  @Route('POST', '', {
    title: 'Create a new site.',
    description: 'Creates a site with an address. A power center belongs to one site at most.',
    calls: sites.create,
    can: 'sites.create',
    refuse,
  })
  create(@Input() input: CreateSite, @From() caller: Caller) {
    return this.bus.bytes(sites.create, input, caller);
  }

  @Route('GET', ':id', {
    title: 'Get details of a specific site.',
    description: 'Answers a site with its address and power centers.',
    calls: sites.one,
    can: 'sites.view',
    cached: POWER_CENTERS,
  })
  one(@Input() input: SiteQuery, @From() caller: Caller) {
    return this.bus.bytes(sites.one, input, caller);
  }

  @Route('PUT', ':id', { ...update, calls: sites.replace })
  replace(@Input() input: ReplaceSite, @From() caller: Caller) {
    return this.bus.bytes(sites.replace, input, caller);
  }

  @Route('PATCH', ':id', { ...update, calls: sites.change })
  change(@Input() input: ChangeSite, @From() caller: Caller) {
    return this.bus.bytes(sites.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a site.',
    description: 'Deletes a site. Its power centers stay.',
    calls: sites.remove,
    can: 'sites.delete',
  })
  remove(@Input() input: SiteRef, @From() caller: Caller) {
    return this.bus.bytes(sites.remove, input, caller);
  }
}
