import { DatabaseConfig } from '@open-cpo/platform';
import { IsInt, Matches, Max, Min } from 'class-validator';

/** What the orders service is told. */
export class OrdersConfig extends DatabaseConfig {
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
}
