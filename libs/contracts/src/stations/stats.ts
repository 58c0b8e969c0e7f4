import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { operations, read, value } from '../core/operation';
import { Day, Int, Ref } from '../fields';
import { ChargePointRef } from './charge-points';

/** Days that one request names at most. */
export const MOST_STATS_DAYS = 92;
/** Days that are answered when a request names none. */
export const DEFAULT_STATS_DAYS = 14;

/** What was sold since a day began; earnings in the viewer's currency. */
export class StatsToday {
  @ApiProperty({ example: '0.00' }) earnings: string;
  /** Minutes. */
  @ApiProperty({ example: '0.00' }) chargingTime: string;
  /** kWh. */
  @ApiProperty({ example: '0.00' }) energyConsumed: string;
  @ApiProperty({ example: 0 }) ordersNb: number;
}

/** The same since `date`, whole days up to now. */
export class StatsWindow extends StatsToday {
  /** `DD-MM-YYYY`. */
  @ApiProperty({ example: '05-05-2025' }) date: string;
}

/** Today, the last week and the last month, by the calendars of the power centers (reference L2406). */
export class Stats {
  @ApiProperty({ type: StatsToday }) today: StatsToday;
  @ApiProperty({ type: StatsWindow }) thisWeek: StatsWindow;
  @ApiProperty({ type: StatsWindow }) thisMonth: StatsWindow;
}

/** Days by the calendars of the power centers, both ends included. */
export class StatsRange {
  @Day({ description: 'First day.', example: '2025-04-29' }) from?: string | null;
  @Day({
    description: `Last day; at most ${MOST_STATS_DAYS} days with the first one. By default today where the account is.`,
    example: '2025-05-12',
  })
  to?: string | null;
  @Int({
    min: 1,
    max: MOST_STATS_DAYS,
    description: `Number of days up to \`to\`, in place of \`from\`; ${DEFAULT_STATS_DAYS} by default.`,
  })
  days?: number | null;
}

export class DailyStatsQuery extends StatsRange {
  @Ref({ description: 'Of one power center.' }) power_center_id?: number | null;
  @Ref({ description: 'Of the power centers of one site; not together with `power_center_id`.' })
  charging_site_id?: number | null;
}

/** What was sold, and what that saved. */
export class StatsSums extends StatsToday {
  /** Tonnes of CO2 that the energy has saved, three decimals. */
  @ApiProperty({ example: 0.012 }) co2Saved: number;
}

/** What was sold on one day. */
export class StatsDay extends StatsSums {
  /** `YYYY-MM-DD`. */
  @ApiProperty({ example: '2025-05-12' }) date: string;
}

class StatsOfRange {
  /** `YYYY-MM-DD`. */
  @ApiProperty({ example: '2025-04-29' }) from: string;
  /** `YYYY-MM-DD`. */
  @ApiProperty({ example: '2025-05-12' }) to: string;
  /** ISO 4217: that of the earnings. */
  @ApiProperty({ example: 'DZD' }) currency: string;
}

/** Totals of single days, each by the power centers' own calendars. */
export class DailyStats extends StatsOfRange {
  /** IANA names of the zones whose days these are: those of the power centers that sold something, or the account's. */
  @ApiProperty({ example: ['Africa/Algiers'], type: [String] }) time_zones: string[];
  @ApiProperty({ type: StatsSums }) total: StatsSums;
  /** Every day of the range, the first one first. */
  @ApiProperty({ type: [StatsDay] }) days: StatsDay[];
}

export class RankingQuery extends StatsRange {
  @Int({ min: 1, max: 20, description: 'Power centers a list, 5 by default.' }) count?: number | null;
}

/** A power center with what it sold. */
export class RankedPowerCenter extends StatsToday {
  @ApiProperty({ example: 24 }) id: number;
  @ApiProperty({ example: 'test open source API' }) title: string;
}

/** Power centers by what they earned; none is in both lists, and those that sold nothing come last. */
export class PowerCenterRanking extends StatsOfRange {
  @ApiProperty({ type: [RankedPowerCenter] }) best: RankedPowerCenter[];
  /** The lowest first. */
  @ApiProperty({ type: [RankedPowerCenter] }) worst: RankedPowerCenter[];
}

export const stats = operations('stations.stats', {
  /** Of one power center. */
  one: read(ChargePointRef, Stats),
  /** Of all that the caller owns, summed. */
  all: read(Nothing, Stats),
  /** By days, of all, of one power center or of one site. */
  daily: read(DailyStatsQuery, DailyStats),
  /** Those that earned most and least. */
  ranking: read(RankingQuery, PowerCenterRanking),
  /** Tonnes of CO2 that the energy of all of them has saved, three decimals. */
  sustainability: read(Nothing, value<number>(34.612)),
});
