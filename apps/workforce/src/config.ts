import { DatabaseConfig } from '@open-cpo/platform';
import { IsInt, Max, Min } from 'class-validator';

const TEN_YEARS_DAYS = 3650;

/** Settings of the workforce service. (Of several decorators the lowest is checked first.) */
export class WorkforceConfig extends DatabaseConfig {
  /** Days for which names, e-mail addresses and cards of workers who are gone are kept. */
  @Max(TEN_YEARS_DAYS)
  @Min(0)
  @IsInt()
  retentionRemovedWorkerDays: number = 365;

  /** Days for which the personal fields of audit entries are kept. */
  @Max(TEN_YEARS_DAYS)
  @Min(0)
  @IsInt()
  retentionAuditPersonalDays: number = 730;
}
