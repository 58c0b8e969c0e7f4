import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { RangePriceEntity } from './range-price.entity';
import type { RangePriceRow } from './range-price.views';

const COLUMNS = `p.id, p.charge_point_id, p.price_amount, p.price_currency, p.price_usd,
  to_char(p.starting, 'HH24:MI') as starting, to_char(p.ending, 'HH24:MI') as ending`;

const OF = `select ${COLUMNS} from charge_point_prices p where p.charge_point_id = $1 order by p.starting`;

const ONE = `select ${COLUMNS}, c.account_id
  from charge_point_prices p join charge_points c on c.id = p.charge_point_id where p.id = $1`;

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
    const found = await this.transactions.firstAcrossAccounts<OwnedRow>(ONE, [id], 'range-prices.one');
    if (!found) throw new Refusal('not_found');
    const { account_id, ...row } = found;
    if (account_id !== accountId) throw new Refusal('forbidden');
    return row;
  }

  async add(row: Omit<RangePriceRow, 'id'>): Promise<number> {
    return (await this.transactions.manager.save(RangePriceEntity, row as RangePriceEntity)).id;
  }

  async change(id: number, row: Partial<RangePriceRow>): Promise<void> {
    await this.transactions.manager.update(RangePriceEntity, { id }, row as Partial<RangePriceEntity>);
  }

  async remove(id: number): Promise<void> {
    await this.transactions.manager.delete(RangePriceEntity, { id });
  }
}
