import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
} from 'class-validator';

import { INSECURITIES } from './secure-in-production';
import { TlsWhereRequired } from './tls-where-required';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const PostgresUrl = (): PropertyDecorator =>
  Matches(/^postgres(ql)?:\/\//, { message: '$property must begin with postgres:// or postgresql://' });

/** More settings of commands. (Of several decorators the lowest is checked first.) */
export class LogConfig {
  @IsIn(['production', 'development', 'test'])
  nodeEnv: string = 'development';

  @IsIn(LEVELS)
  logLevel: string = 'info';

  @IsIn(['json', 'pretty'])
  logFormat: string = 'json';

  /** What production may do although it is insecure, separated by commas: `limits`, `cors`, `http`. */
  @IsIn(INSECURITIES, { each: true })
  @IsArray()
  allowInsecure: string[] = [];

  /** Whether addresses of servers that do not insist on TLS are refused. */
  @IsBoolean()
  requireTls: boolean = false;

  get production(): boolean {
    return this.nodeEnv === 'production';
  }
}

/** Settings of a migration: none of the broker, of Redis or of the service's keys. */
export class MigrationConfig extends LogConfig {
  /** For the role that owns the tables; for `migrate wait` the service's own. */
  @TlsWhereRequired('sslmode=verify-full')
  @PostgresUrl()
  databaseUrl: string;
}

/** Settings of every process. */
export class ProcessConfig extends LogConfig {
  /** Address that servers listen on. */
  @IsNotEmpty()
  host: string = '0.0.0.0';

  /** Port of `/health/live` and `/health/ready`; 0 takes any free one. */
  @Max(65535)
  @Min(0)
  @IsInt()
  healthPort: number = 0;

  /** One or more broker addresses, separated by commas. */
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

  /** Keys that prove which app calls which service, JSON by pair; production needs them (docs/operations.md). */
  @IsOptional()
  @IsString()
  callKeys?: string;

  @TlsWhereRequired('rediss://')
  @Matches(/^rediss?:\/\//, { message: 'redisUrl must begin with redis:// or rediss://' })
  redisUrl: string;

  /** Keeps systems apart that share a Redis. */
  @Matches(/^[\w-]+$/, { message: 'redisPrefix must consist of letters, digits, - and _' })
  redisPrefix: string = 'cpo';

  /** Seconds that a graceful shutdown may take. */
  @Max(600)
  @Min(1)
  @IsInt()
  shutdownSeconds: number = 20;

  /** A collector of OpenTelemetry traces (OTLP over HTTP); without it nothing is traced. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  otelExporterOtlpEndpoint?: string;

  /** Headers for it, `name=value` separated by commas. */
  @IsOptional()
  @IsString()
  otelExporterOtlpHeaders?: string;

  /** Part of the requests that are traced. */
  @Max(1)
  @Min(0)
  @IsNumber()
  otelTracesSamplerArg: number = 1;
}

/** Settings of a service with a database. */
export class DatabaseConfig extends ProcessConfig {
  @TlsWhereRequired('sslmode=verify-full')
  @PostgresUrl()
  databaseUrl: string;

  /** Connections a process holds at most. */
  @Max(100)
  @Min(1)
  @IsInt()
  databasePool: number = 6;

  /** Replicas of the database: `host` or `host:port`, with user, password and name of `databaseUrl`. Without it all reads go there. */
  @IsOptional()
  @Matches(/^[\w.-]+(:\d{1,5})?$/, { message: '$property must be a host or host:port' })
  databaseReadHost?: string;

  /** Seconds that a replica may be behind; reads of one that is further behind go to the primary. */
  @Max(60)
  @Min(1)
  @IsInt()
  databaseReadMaxLag: number = 5;
}
