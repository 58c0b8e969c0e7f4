import { IsOptional, Matches } from 'class-validator';
import { DatabaseConfig } from './process-config';

/** Node.js 24.22 and current packages of Debian have it. */
const PRODUCTION_MINIMUM = '2026e';
/** What a machine for development may have: Debian 12 without its updates. */
export const DEVELOPMENT_TIME_ZONES = '2025b';

/** Settings of a service that works with local times. */
export class TimeZoneConfig extends DatabaseConfig {
  /** The oldest release of the time zone database that Node.js and PostgreSQL may have. */
  @IsOptional()
  @Matches(/^20\d\d[a-z]$/, { message: '$property must be a release of the time zone database such as 2026e' })
  timeZoneDataMinimum?: string;

  get oldestTimeZones(): string {
    return this.timeZoneDataMinimum ?? (this.production ? PRODUCTION_MINIMUM : DEVELOPMENT_TIME_ZONES);
  }
}
