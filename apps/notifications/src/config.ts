import { DatabaseConfig } from '@open-cpo/platform';
import { IsInt, Max, Min } from 'class-validator';

/** What the notifications service is told. (Of several decorators the lowest is judged first.) */
export class NotificationsConfig extends DatabaseConfig {
  /** Days for which events are kept: so far back a feed can be resumed. */
  @Max(90)
  @Min(1)
  @IsInt()
  eventRetentionDays: number = 7;
}
