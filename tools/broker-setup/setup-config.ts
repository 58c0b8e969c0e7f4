import { LogConfig, TlsWhereRequired } from '@open-cpo/platform';
import { IsInt, IsNotEmpty, IsOptional, IsString, Max, Min } from 'class-validator';

/** Where the broker is that is set up, and with which credential. */
export class SetupConfig extends LogConfig {
  @TlsWhereRequired('tls://')
  @IsNotEmpty()
  @IsString()
  natsUrl: string;

  @IsOptional()
  @IsString()
  natsUser?: string;

  @IsOptional()
  @IsString()
  natsPassword?: string;

  /** Replicas of each stream. Absent: one for streams that are made, those of existing ones are left alone. */
  @IsOptional()
  @Max(5)
  @Min(1)
  @IsInt()
  streamReplicas?: number;
}
