import { TimeZoneConfig } from '@open-cpo/platform';
import { IsInt, IsNumber, Matches, Max, Min } from 'class-validator';

/** Settings of the orders service. */
export class OrdersConfig extends TimeZoneConfig {
  /** What a driver pays on top of each order, in USD. */
  @Matches(/^\d{1,6}(\.\d{1,2})?$/, { message: '$property must be an amount in USD such as 0.50' })
  orderFlatFeeUsd: string = '0';

  /** The owner's part of an order's price. */
  @Matches(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, { message: '$property must be between 0 and 1' })
  ownerEarningRate: string = '0.85';

  /** Minutes without a word after which a session counts as ended. */
  @IsInt()
  @Min(1)
  @Max(525_600)
  sessionSilenceMinutes: number = 1440;

  /** Days after which a beginning is too old to be believed; history that was settled elsewhere may be older. */
  @IsInt()
  @Min(1)
  @Max(36_500)
  sessionMaxAgeDays: number = 1000;

  /** Days before its power center was made at which a session may begin. */
  @IsInt()
  @Min(0)
  @Max(36_500)
  sessionMaxDaysBeforePowerCenter: number = 750;

  /** Minutes by which clocks may be ahead of ours, or of each other. */
  @IsInt()
  @Min(1)
  @Max(1440)
  sessionMaxFutureMinutes: number = 10;

  /** Hours after which a session is too long to be believed. */
  @IsInt()
  @Min(1)
  @Max(8784)
  sessionMaxHours: number = 168;

  /** US dollars above which the price of a session is too high to be believed. */
  @IsInt()
  @Min(1)
  @Max(1_000_000_000_000)
  sessionMaxAmountUsd: number = 100_000;

  /** How much more than its power a connector may deliver. */
  @IsNumber()
  @Min(1)
  @Max(10)
  sessionPowerMargin: number = 1.5;

  /** kW of a connector whose power is not known. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  sessionDefaultPowerKw: number = 500;

  /** Days for which events of its session may still change a completed order; less than events are remembered. */
  @IsInt()
  @Min(1)
  @Max(29)
  orderOpenToEventsDays: number = 21;
}
