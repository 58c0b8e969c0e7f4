import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { operations, read, value } from '../core/operation';
import { ChargePointRef } from './charge-points';

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

export const stats = operations('stations.stats', {
  /** Of one power center. */
  one: read(ChargePointRef, Stats),
  /** Of all that the caller owns, summed. */
  all: read(Nothing, Stats),
  /** Tonnes of CO2 that the energy of all of them has saved, three decimals. */
  sustainability: read(Nothing, value<number>(34.612)),
});
