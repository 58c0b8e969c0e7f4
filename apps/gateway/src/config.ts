import { ProcessConfig } from '@open-cpo/platform';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';

/** What the edge is told. (Of several decorators the lowest is judged first.) */
export class GatewayConfig extends ProcessConfig {
  @Max(65535)
  @Min(0)
  @IsInt()
  port: number = 3000;

  /** The address that clients use, without a slash at the end; links in answers and documents begin with it. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true })
  publicUrl?: string;

  /** Status of "Unauthenticated." under `/api/*`: 401, or the 500 of the published reference. */
  @IsIn([401, 500])
  unauthenticatedStatus: number = 401;

  /** Origins that browsers may call from, separated by commas; `*` for any. */
  @IsString()
  corsOrigins: string = '*';

  /** Addresses or networks of load balancers whose X-Forwarded-For is believed, separated by commas. */
  @IsString()
  trustedProxies: string = '';

  /** Milliseconds in which a request is answered, one way or the other. */
  @Max(60_000)
  @Min(500)
  @IsInt()
  requestDeadline: number = 5000;

  /** Milliseconds that a request for an export waits for its file, before it is told where to find it later. */
  @Max(55_000)
  @Min(0)
  @IsInt()
  exportWait: number = 3000;

  /** Milliseconds between "not ready" and closing, in which load balancers take note. */
  @Max(60_000)
  @Min(0)
  @IsInt()
  drainDelay: number = 0;

  get baseUrl(): string {
    return this.publicUrl ?? `http://localhost:${this.port}`;
  }
}
