import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { columnsOf, ownedRead, Transactions } from '@open-cpo/persistence';
import { RangePriceEntity } from './range-price.entity';
import type { PriceColumns } from '../charge-points/charge-point.rows';
import type { RangePriceRow } from './range-price.views';

const PRICE = columnsOf(RangePriceEntity, 'p', 'id charge_point_id price_amount price_currency price_usd');
const COLUMNS = `${PRICE}, to_char(p.starting, 'HH24:MI') as starting, to_char(p.ending, 'HH24:MI') as ending`;

const OF = `select ${COLUMNS} from charge_point_prices p where p.charge_point_id = $1 order by p.starting`;

const ONE = ownedRead(
  `select ${COLUMNS}, c.account_id
  from charge_point_prices p join charge_points c on c.id = p.charge_point_id where p.id = $1`,
  'range-prices.one',
);

const LOCK = `select from charge_points where deleted_at is null
  and id = (select charge_point_id from charge_point_prices where id = $1) for update`;

const BESIDE = `select ${COLUMNS} from charge_point_prices p
  where p.charge_point_id = (select charge_point_id from charge_point_prices where id = $1) order by p.starting`;

const ADD = `insert into charge_point_prices (charge_point_id, price_amount, price_currency, price_usd, starting, ending)
  values ($1, $2, $3, $4, $5, $6) returning id`;

const CHANGE = `update charge_point_prices set starting = $2, ending = $3, price_amount = coalesce($4, price_amount),
  price_currency = coalesce($5, price_currency), price_usd = coalesce($6, price_usd), updated_at = now() where id = $1`;

type OwnedRow = RangePriceRow & { readonly account_id: number };

/** Every query about range prices. */
@Injectable()
export class RangePricesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** By starting time. */
  of(chargePointId: number): Promise<RangePriceRow[]> {
    return this.transactions.query<RangePriceRow>(OF, [chargePointId], 'range-prices.of');
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: number, accountId: number): Promise<RangePriceRow> {
    const { account_id: _, ...row } = await this.transactions.owned<OwnedRow>(ONE, accountId, [id]);
    return row;
  }

  /**
   * One and the others of its power center, as they are while that is locked for a change.
   * @throws Refusal `not_found`, `forbidden`
   */
  async ownedForChange(id: number, accountId: number): Promise<{ row: RangePriceRow; others: RangePriceRow[] }> {
    const [locked, beside] = await this.transactions.together([
      { name: 'range-prices.lock', text: LOCK, values: [id] },
      { name: 'range-prices.beside', text: BESIDE, values: [id] },
    ]);
    const rows = (beside?.rows ?? []) as RangePriceRow[];
    const row = rows.find((one) => one.id === id);
    // Nothing is visible under row-level security: another account's row, or none.
    if (locked?.rows.length !== 1 || !row) {
      await this.owned(id, accountId);
      throw new Refusal('not_found');
    }
    return { row, others: rows.filter((one) => one !== row) };
  }

  async add(row: Omit<RangePriceRow, 'id'>): Promise<number> {
    const { charge_point_id, price_amount, price_currency, price_usd, starting, ending } = row;
    const values = [charge_point_id, price_amount, price_currency, price_usd, starting, ending];
    return (await this.transactions.first<{ id: number }>(ADD, values, 'range-prices.add'))?.id ?? 0;
  }

  /** Prices that are absent stay. */
  change(id: number, row: Pick<RangePriceRow, 'starting' | 'ending'> & Partial<PriceColumns>): void {
    const values = [id, row.starting, row.ending, row.price_amount, row.price_currency, row.price_usd];
    this.transactions.post(CHANGE, values, 'range-prices.change');
  }

  async remove(id: number): Promise<void> {
    await this.transactions.manager.delete(RangePriceEntity, { id });
  }
}
