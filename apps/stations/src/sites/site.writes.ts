import { Injectable } from '@nestjs/common';
import {
  localDay,
  type Caller,
  type ChangeSite,
  type CreateSite,
  type FieldErrors,
  ownerOf,
} from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { ChargePointLinks } from '../charge-points/charge-point.links';
import { Countries } from './countries';
import { type AddressData, checkAddress, checkDates, type Dates, mergedAddress } from './site.rules';
import { type SiteRow, siteView } from './site.views';
import { type Moved, type Owner, type SiteData, SitesRepository } from './sites.repository';

type Input = CreateSite | ChangeSite;

/** What is written once nothing is wrong: undefined stays as it is, a null address goes away. */
interface Plan {
  readonly address: Partial<AddressData> | null | undefined;
  readonly members: readonly number[] | undefined;
}

/** Whose sites a request is about. */
export const siteOwner = (caller: Caller): Owner => {
  const { accountId, timeZone } = ownerOf(caller);
  return { accountId, today: localDay(timeZone, new Date()) };
};

/** Creating, changing and removing sites. */
@Injectable()
export class SiteWrites {
  constructor(
    private readonly repository: SitesRepository,
    private readonly links: ChargePointLinks,
    private readonly countries: Countries,
    private readonly audit: Audit,
  ) {}

  async create(input: CreateSite, caller: Caller, errors: FieldErrors): Promise<SiteRow> {
    const owner = siteOwner(caller);
    const plan = await this.check(input, null, owner.accountId, errors);
    errors.throwIfAny();
    const id = await this.repository.add(owner.accountId, dataOf(input));
    const moved = await this.carryOut(id, plan);
    const after = await this.repository.owned(id, owner);
    await this.record('create', null, after, moved, caller);
    return after;
  }

  async change(input: ChangeSite, caller: Caller, errors: FieldErrors): Promise<SiteRow> {
    const owner = siteOwner(caller);
    const before = await this.repository.ownedForChange(input.id, owner);
    const plan = await this.check(input, before, owner.accountId, errors);
    errors.throwIfAny();
    const data = dataOf(input);
    if (Object.keys(data).length > 0) await this.repository.change(input.id, data);
    const moved = await this.carryOut(input.id, plan);
    const after = await this.repository.owned(input.id, owner);
    if (JSON.stringify(before) === JSON.stringify(after)) this.audit.unchanged();
    else await this.record('update', before, after, moved, caller);
    return after;
  }

  /** Its power centers stay, in no site. */
  async remove(id: number, caller: Caller): Promise<void> {
    const before = await this.repository.ownedForChange(id, siteOwner(caller));
    await this.repository.remove(id);
    await this.record('delete', before, null, [], caller);
  }

  /** What only the tables and auth know, and rules over several fields, on what comes out. */
  private async check(input: Input, before: SiteRow | null, accountId: number, errors: FieldErrors): Promise<Plan> {
    const { category } = input;
    if (typeof category === 'number' && !(await this.repository.hasCategory(category, accountId))) {
      errors.add('category', 'The selected category is invalid.');
    }
    checkDates(datesOf(input, before), { end: input.endDate !== undefined }, errors);
    const address = input.address && mergedAddress(input.address, before?.address ?? null);
    if (address) await this.checkAddress(address, errors);
    const members = await this.links.hold(input.chargePoints, accountId, errors, 'change');
    return { address, members: input.chargePoints === undefined ? undefined : members };
  }

  private async checkAddress(address: Partial<AddressData>, errors: FieldErrors): Promise<void> {
    checkAddress(address, errors);
    const { country_id: id } = address;
    if (errors.has('address.country_id') || typeof id !== 'number') return;
    if (!(await this.countries.keep(id)))
      errors.add('address.country_id', 'The selected address.country id is invalid.');
  }

  private async carryOut(id: number, { address, members }: Plan): Promise<Moved[]> {
    if (address !== undefined) await this.repository.setAddress(id, address);
    return members ? this.repository.setMembers(id, members) : [];
  }

  private async record(
    change: string,
    before: SiteRow | null,
    after: SiteRow | null,
    moved: readonly Moved[],
    caller: Caller,
  ): Promise<void> {
    const from = moved.length > 0 ? { moved } : {};
    const entry = { action: `sites.${change}`, subject: 'site', id: (after ?? before)?.id ?? 0 };
    const domainEvents = { before: before && entered(before), after: after && { ...entered(after), ...from } };
    await this.audit.write({ ...entry, ...domainEvents }, caller);
  }
}

const datesOf = ({ startDate, endDate }: Input, before: SiteRow | null): Dates => ({
  start: startDate === undefined ? (before?.start_date ?? null) : startDate,
  end: endDate === undefined ? (before?.end_date ?? null) : endDate,
});

/** What people enter: neither what follows from the day nor power centers themselves. */
function entered(row: SiteRow): object {
  const { active: _active, power_centers: _powerCenters, ...rest } = siteView(row);
  return rest;
}

/** The columns that a request speaks of. */
function dataOf({ name, category, status, startDate, endDate, integrationCode }: Input): Partial<SiteData> {
  const columns = {
    name,
    category_id: category,
    status,
    start_date: startDate,
    end_date: endDate,
    integration_code: integrationCode,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
