import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargePointRef,
  type HandlersOf,
  type Nothing,
  ownerOf,
  stats,
  type Stats,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { StationsConfig } from '../config';
import { rateFor } from '../money/rates';
import { StatsRepository } from './stats.repository';
import { saved, span, statsOf } from './stats.rules';

@Controller()
export class StatsHandler implements HandlersOf<typeof stats> {
  constructor(
    private readonly repository: StatsRepository,
    private readonly rates: CurrencyRates,
    private readonly config: StationsConfig,
  ) {}

  @Handles(stats.one)
  async one({ id }: ChargePointRef, caller: Caller): Promise<Stats> {
    const { accountId, currency } = ownerOf(caller);
    const now = new Date();
    const { days, timeZone } = await this.repository.one(id, accountId, currency, span(now));
    return statsOf(days, rateFor(this.rates, currency), timeZone, now);
  }

  @Handles(stats.all)
  async all(_: Nothing, caller: Caller): Promise<Stats> {
    const { accountId, currency, timeZone } = ownerOf(caller);
    const now = new Date();
    const days = await this.repository.all(accountId, currency, span(now));
    return statsOf(days, rateFor(this.rates, currency), timeZone, now);
  }

  @Handles(stats.sustainability)
  async sustainability(_: Nothing, caller: Caller): Promise<number> {
    return saved(await this.repository.energy(ownerOf(caller).accountId), this.config.co2TonnesPerKwh);
  }
}
