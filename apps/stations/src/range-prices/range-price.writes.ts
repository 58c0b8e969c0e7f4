import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type ChangeRangePrice,
  type CreateRangePrice,
  type FieldErrors,
  ownerOf,
  type RangePriceRef,
} from '@open-cpo/contracts';
import { Audit, CurrencyRates, s2, toUsd } from '@open-cpo/persistence';
import type { PriceColumns } from '../charge-points/charge-point.rows';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { checkTimes } from './range-price.rules';
import type { RangePriceRow } from './range-price.views';
import { PriceNews } from './price.news';
import { RangePricesRepository } from './range-prices.repository';

/** Creating, changing and removing range prices. Whoever does so holds the power center: two cannot come to overlap. */
@Injectable()
export class RangePriceWrites {
  constructor(
    private readonly repository: RangePricesRepository,
    private readonly chargePoints: ChargePointsRepository,
    private readonly news: PriceNews,
    private readonly audit: Audit,
    private readonly rates: CurrencyRates,
  ) {}

  async create(input: CreateRangePrice, caller: Caller, errors: FieldErrors): Promise<RangePriceRow> {
    const { accountId, currency } = ownerOf(caller);
    const { charge_point_id, price, startingTime: starting, endingTime: ending } = input;
    await this.chargePoints.ownedForChange(charge_point_id, accountId);
    checkTimes({ starting, ending }, await this.repository.of(charge_point_id), errors);
    errors.throwIfAny();
    const entered = { charge_point_id, starting, ending, ...this.priced(price, currency) };
    const row = { ...entered, id: await this.repository.add(entered) };
    await this.record('create', null, row, caller);
    return row;
  }

  /** Rules over both times hold for what comes out. */
  async change(input: ChangeRangePrice, caller: Caller, errors: FieldErrors): Promise<RangePriceRow> {
    const { accountId, currency } = ownerOf(caller);
    const { row: before, others } = await this.repository.ownedForChange(input.id, accountId);
    const { id, price, startingTime: starting = before.starting, endingTime: ending = before.ending } = input;
    checkTimes({ starting, ending }, others, errors);
    errors.throwIfAny();
    const changes = { starting, ending, ...(price === undefined ? {} : this.priced(price, currency)) };
    const after = { ...before, ...changes };
    if (JSON.stringify(after) === JSON.stringify(before)) {
      this.audit.unchanged();
      return before;
    }
    this.repository.change(id, changes);
    await this.record('update', before, after, caller);
    return after;
  }

  async remove(ref: RangePriceRef, caller: Caller): Promise<void> {
    const { row: before } = await this.repository.ownedForChange(ref.id, ownerOf(caller).accountId);
    await this.repository.remove(ref.id);
    await this.record('delete', before, null, caller);
  }

  /** Who sees dollars for want of a rate enters dollars. */
  private priced(price: string, ofCaller: string): PriceColumns {
    const currency = this.rates.has(ofCaller) ? ofCaller : 'USD';
    const amount = s2(price);
    return { price_amount: amount, price_currency: currency, price_usd: toUsd(amount, this.rates.rateOf(currency)) };
  }

  private async record(change: string, before: RangePriceRow | null, after: RangePriceRow | null, caller: Caller) {
    const { id = 0, charge_point_id = 0 } = after ?? before ?? {};
    await this.audit.write({ action: `prices.${change}`, subject: 'range-price', id, before, after }, caller);
    this.news.changed(charge_point_id);
  }
}
