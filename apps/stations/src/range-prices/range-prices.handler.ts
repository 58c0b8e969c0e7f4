import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeRangePrice,
  type CreateRangePrice,
  type FieldErrors,
  type HandlersOf,
  ownerOf,
  type RangePrice,
  type RangePriceRef,
  rangePrices,
  type RangePricesOf,
  type ReplaceRangePrice,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { rateFor } from '../money/rates';
import { rangePriceView, type RangePriceRow } from './range-price.views';
import { RangePriceWrites } from './range-price.writes';
import { RangePricesRepository } from './range-prices.repository';

@Controller()
export class RangePricesHandler implements HandlersOf<typeof rangePrices> {
  constructor(
    private readonly repository: RangePricesRepository,
    private readonly chargePoints: ChargePointsRepository,
    private readonly writes: RangePriceWrites,
    private readonly rates: CurrencyRates,
  ) {}

  @Handles(rangePrices.all)
  async all({ charge_point_id }: RangePricesOf, caller: Caller): Promise<RangePrice[]> {
    await this.chargePoints.owned(charge_point_id, ownerOf(caller).accountId);
    const rows = await this.repository.of(charge_point_id);
    return rows.map((row) => this.view(row, caller));
  }

  @Handles(rangePrices.one)
  async one({ id }: RangePriceRef, caller: Caller): Promise<RangePrice> {
    return this.view(await this.repository.owned(id, ownerOf(caller).accountId), caller);
  }

  @Handles(rangePrices.create, { finishesValidation: true })
  async create(input: CreateRangePrice, caller: Caller, errors: FieldErrors): Promise<RangePrice> {
    return this.view(await this.writes.create(input, caller, errors), caller);
  }

  @Handles(rangePrices.replace, { finishesValidation: true })
  async replace(input: ReplaceRangePrice, caller: Caller, errors: FieldErrors): Promise<RangePrice> {
    return this.view(await this.writes.change(input, caller, errors), caller);
  }

  @Handles(rangePrices.change, { finishesValidation: true })
  async change(input: ChangeRangePrice, caller: Caller, errors: FieldErrors): Promise<RangePrice> {
    return this.view(await this.writes.change(input, caller, errors), caller);
  }

  @Handles(rangePrices.remove)
  remove(ref: RangePriceRef, caller: Caller): Promise<void> {
    return this.writes.remove(ref, caller);
  }

  private view(row: RangePriceRow, caller: Caller): RangePrice {
    const { currency } = ownerOf(caller);
    return rangePriceView(row, { currency, rate: rateFor(this.rates, currency) });
  }
}
