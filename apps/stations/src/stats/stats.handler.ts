import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargePointRef,
  type DailyStats,
  type DailyStatsQuery,
  FieldErrors,
  type HandlersOf,
  type Nothing,
  localDay,
  ownerOf,
  type PowerCenterRanking,
  type RankingQuery,
  stats,
  type Stats,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { StationsConfig } from '../config';
import { rateFor } from '../money/rates';
import { StatsRepository } from './stats.repository';
import {
  daysOf,
  halvesOf,
  rangeOf,
  saved,
  type SoldOnDay,
  type Span,
  span,
  statsOf,
  totalOf,
  type Viewed,
} from './stats.rules';

const DEFAULT_RANKED = 5;

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

  @Handles(stats.daily)
  async daily(query: DailyStatsQuery, caller: Caller): Promise<DailyStats> {
    const range = rangeOf(query, localDay(ownerOf(caller).timeZone, new Date()));
    const { currency, rate } = this.viewed(caller);
    const { zones, rows } = await this.sold(query, caller, range);
    const { co2TonnesPerKwh } = this.config;
    const total = totalOf(rows, rate, co2TonnesPerKwh);
    const days = daysOf(rows, rate, range, co2TonnesPerKwh);
    return { from: range[0], to: range[1], currency, time_zones: zones, total, days };
  }

  @Handles(stats.ranking)
  async ranking({ count, ...query }: RankingQuery, caller: Caller): Promise<PowerCenterRanking> {
    const { accountId, timeZone } = ownerOf(caller);
    const range = rangeOf(query, localDay(timeZone, new Date()));
    const viewed = this.viewed(caller);
    const rows = await this.repository.ranked(accountId, viewed, range, count ?? DEFAULT_RANKED);
    return { from: range[0], to: range[1], currency: viewed.currency, ...halvesOf(rows, viewed.rate) };
  }

  @Handles(stats.sustainability)
  async sustainability(_: Nothing, caller: Caller): Promise<number> {
    return saved(await this.repository.energy(ownerOf(caller).accountId), this.config.co2TonnesPerKwh);
  }

  /** The rows that a request asks for, and the zones whose days they are. */
  private async sold(
    query: DailyStatsQuery,
    caller: Caller,
    range: Span,
  ): Promise<{ zones: string[]; rows: SoldOnDay[] }> {
    const { accountId, currency, timeZone } = ownerOf(caller);
    const { power_center_id: powerCenter, charging_site_id: site } = query;
    if (powerCenter && site) {
      new FieldErrors()
        .add('charging_site_id', 'The charging site id field is not allowed with power center id.')
        .throwIfAny();
    }
    if (powerCenter) {
      const one = await this.repository.one(powerCenter, accountId, currency, range);
      return { zones: [one.timeZone], rows: one.days };
    }
    const rows = await (site
      ? this.repository.ofSite(site, accountId, currency, range)
      : this.repository.all(accountId, currency, range));
    const zones = [...new Set(rows.map((row) => row.time_zone))].sort();
    return { zones: zones.length > 0 ? zones : [timeZone], rows };
  }

  /** Amounts in a currency that has no rate are dollars. */
  private viewed(caller: Caller): Viewed {
    const { currency } = ownerOf(caller);
    return { currency: this.rates.has(currency) ? currency : 'USD', rate: rateFor(this.rates, currency) };
  }
}
