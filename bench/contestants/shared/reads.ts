import { Pool } from 'pg';
import type { Rates, Viewer } from './amounts';
import { type OrderWithCard, orderView } from './order';
import { type Listed, listedRow, type Whole, wholeView } from './power-center';
import { type Person, POOL, type Settings } from './settings';
import * as sql from './sql';

/** What is asked for, in the words of the contestants. */
export type Asked =
  | { readonly read: 'list' | 'orders' }
  | { readonly read: 'one'; readonly id: number }
  | { readonly read: 'search'; readonly search: string };

/** The reads as anybody would write them who wants nothing but speed: a prepared statement, a view, JSON. */
export class Reads {
  private readonly stations: Pool;
  private readonly orders: Pool;
  private rates: Rates = {};

  constructor(private readonly settings: Settings) {
    this.stations = new Pool({ connectionString: settings.stationsUrl, max: POOL });
    this.orders = new Pool({ connectionString: settings.ordersUrl, max: POOL });
  }

  async open(): Promise<void> {
    const { rows } = await this.stations.query<{ code: string; rate: string }>(sql.RATES);
    this.rates = Object.fromEntries(rows.map(({ code, rate }) => [code, Number(rate)]));
  }

  /** The answer's JSON without its envelope. */
  async json(asked: Asked, person: Person): Promise<string> {
    const viewer = { currency: person.currency, rate: this.rates[person.currency] ?? 1 };
    if (asked.read === 'one') return this.one(asked.id, person, viewer);
    if (asked.read === 'search') return this.search(asked.search, person, viewer);
    return asked.read === 'list' ? this.list(person, viewer) : this.page(person, viewer);
  }

  private async list({ accountId }: Person, viewer: Viewer): Promise<string> {
    const { rows } = await this.stations.query<Listed>({ name: 'list', text: sql.LIST, values: [accountId] });
    return JSON.stringify(rows.map((row) => listedRow(row, viewer, true)));
  }

  private async one(id: number, { accountId }: Person, viewer: Viewer): Promise<string> {
    const { rows } = await this.stations.query<Whole>({ name: 'one', text: sql.ONE, values: [id, accountId] });
    return JSON.stringify(rows[0] && wholeView(rows[0], viewer, this.settings.publicUrl));
  }

  private async search(search: string, { accountId }: Person, viewer: Viewer): Promise<string> {
    const values = [accountId, `%${search.toLowerCase()}%`, sql.PAGE];
    const { rows } = await this.stations.query<Listed & { total: number }>({
      name: 'search',
      text: sql.SEARCH,
      values,
    });
    const data = rows.map((row) => listedRow(row, viewer, false));
    return JSON.stringify({ data, meta: { per_page: sql.PAGE, total: rows[0]?.total ?? 0 } });
  }

  private async page({ accountId }: Person, viewer: Viewer): Promise<string> {
    const [count, { rows }] = await Promise.all([
      this.orders.query<{ total: number }>({ name: 'count', text: sql.COUNT, values: [accountId] }),
      this.orders.query<OrderWithCard>({ name: 'orders', text: sql.ORDERS, values: [accountId] }),
    ]);
    const data = rows.map((row) => orderView(row, viewer));
    return JSON.stringify({ data, meta: { per_page: sql.PAGE, total: count.rows[0]?.total ?? 0 } });
  }
}
