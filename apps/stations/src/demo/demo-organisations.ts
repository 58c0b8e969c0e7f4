import { Injectable } from '@nestjs/common';
import { type Caller, FieldErrors, ownerOf } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { GroupWrites } from '../groups/group.writes';
import { RangePriceWrites } from '../range-prices/range-price.writes';
import { KEEP_COUNTRY } from '../sites/site.queries';
import { SiteWrites } from '../sites/site.writes';
import { DEMO_COUNTRIES, ORGANISATIONS } from './organisations';

type Ids = ReadonlyMap<string, number>;

const POWER_CENTERS = 'select title as name, id from charge_points where account_id = $1 and deleted_at is null';
const CATEGORIES = `select name, id from categories where account_id = $1 and type = 'charging-site'`;

/** Puts a network of the demo in order, through the same use cases that the API has. */
@Injectable()
export class DemoOrganisations {
  constructor(
    private readonly transactions: Transactions,
    private readonly groups: GroupWrites,
    private readonly sites: SiteWrites,
    private readonly prices: RangePriceWrites,
  ) {}

  async load(caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const organisation = ORGANISATIONS.get(accountId);
    if (!organisation) return;
    // Auth may not be running yet.
    for (const { id, name } of DEMO_COUNTRIES) await this.transactions.query(KEEP_COUNTRY, [id, name]);
    const [points, categories] = [await this.ids(POWER_CENTERS, accountId), await this.ids(CATEGORIES, accountId)];
    const idsOf = (titles: readonly string[]) => titles.map((title) => idOf(points, title));
    for (const { of, ...group } of organisation.groups) {
      await this.groups.create({ ...group, chargePoints: idsOf(of) }, caller, new FieldErrors());
    }
    for (const { of, category, ...site } of organisation.sites) {
      const refers = { category: idOf(categories, category), chargePoints: idsOf(of) };
      await this.sites.create({ ...site, ...refers }, caller, new FieldErrors());
    }
    for (const { of, ranges } of organisation.prices) {
      for (const [startingTime, endingTime, price] of ranges) {
        const range = { charge_point_id: idOf(points, of), price, startingTime, endingTime };
        await this.prices.create(range, caller, new FieldErrors());
      }
    }
  }

  private async ids(text: string, accountId: number): Promise<Ids> {
    const rows = await this.transactions.query<{ name: string; id: number }>(text, [accountId]);
    return new Map(rows.map(({ name, id }) => [name, id]));
  }
}

function idOf(ids: Ids, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The demo has no "${name}".`);
  return id;
}
