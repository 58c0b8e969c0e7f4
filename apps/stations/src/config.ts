import { SecureInProduction, TimeZoneConfig } from '@open-cpo/platform';
import { IsNumber, IsOptional, Matches, Max, Min } from 'class-validator';

const WEB = /^https?:\/\/\S+[^\s/]$/;
const message = '$property must be an http or https address without a slash at its end';

/** Settings of the stations service. */
export class StationsConfig extends TimeZoneConfig {
  /** Where clients reach the platform; pictures of power centers are below it. */
  @SecureInProduction('http')
  @Matches(WEB, { message })
  publicUrl: string = 'http://localhost:3000';

  /** Where icons are; by default below the public address. */
  @SecureInProduction('http')
  @IsOptional()
  @Matches(WEB, { message })
  storageUrl?: string;

  /** Tonnes of CO2 that a kilowatt-hour charged saves; where the default comes from is in `docs/sustainability.md`. */
  @Max(0.01)
  @Min(0)
  @IsNumber()
  co2TonnesPerKwh: number = 0.0003;

  get storage(): string {
    return this.storageUrl ?? this.publicUrl;
  }
}
