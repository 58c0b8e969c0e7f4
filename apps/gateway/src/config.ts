import { FilesConfig } from '@open-cpo/files';
import { isAllowed, SecureInProduction } from '@open-cpo/platform';
import { IsIn, IsInt, IsNotEmpty, IsString, IsUrl, Matches, Max, Min, ValidateIf } from 'class-validator';
import { LIMIT } from './http/limits/batched-counter';

const TILES = /^https?:\/\/[^\s"';,/]+\/[^\s"';,]*\{z\}[^\s"';,]*$/;
const limit = { message: '$property must be "off" or like 600/60: so many requests in so many seconds' };

/** Settings of the gateway. (Of several decorators the lowest is checked first.) */
export class GatewayConfig extends FilesConfig {
  @Max(65535)
  @Min(0)
  @IsInt()
  port: number = 3000;

  /** The address that clients use, without a slash at the end; links in answers and documents begin with it. */
  @ValidateIf((config: GatewayConfig) => config.publicUrl !== undefined || !isAllowed('http', config))
  @IsUrl({ require_tld: false, require_protocol: true })
  @SecureInProduction('http')
  publicUrl?: string;

  /** Status of "Unauthenticated." under `/api/*`: 401, or the 500 of the published reference. */
  @IsIn([401, 500])
  unauthenticatedStatus: number = 401;

  /** Origins that browsers may call from, separated by commas; `*` for any. */
  @SecureInProduction('cors')
  @IsString()
  corsOrigins: string = '*';

  /** Addresses or networks of load balancers whose X-Forwarded-For is believed, separated by commas. */
  @IsString()
  trustedProxies: string = '';

  /** The claim `iss` that tokens must have: auth's `ISSUER`. */
  @IsString()
  @IsNotEmpty()
  issuer: string = 'open-cpo';

  /** Milliseconds in which a request is answered, one way or the other. */
  @Max(60_000)
  @Min(500)
  @IsInt()
  requestDeadline: number = 5000;

  /** Milliseconds that a request for an export waits for its file before the response is 202. */
  @Max(55_000)
  @Min(0)
  @IsInt()
  exportWait: number = 3000;

  /** Milliseconds that a request for a charging session waits for its order before the response is 202. */
  @Max(55_000)
  @Min(0)
  @IsInt()
  sessionWait: number = 5000;

  /** Reads that are worked on at once; one more is turned away with a time to come back. */
  @Min(1)
  @IsInt()
  readsAtOnce: number = 512;

  /** The same of writes. */
  @Min(1)
  @IsInt()
  writesAtOnce: number = 256;

  /** The same of logins and all else that strangers may write: each costs a password hash or a mail. */
  @Min(1)
  @IsInt()
  loginsAtOnce: number = 64;

  /** The same of requests for files, each of which may wait for one. */
  @Min(1)
  @IsInt()
  exportsAtOnce: number = 64;

  /** Calls of one service that may be under way: a slow one must leave room for the others. */
  @Min(1)
  @IsInt()
  callsAtOnce: number = 256;

  /** Bytes of request bodies that are held at once; one network may hold a quarter. */
  @Min(4 * 1024 * 1024)
  @IsInt()
  bytesInFlight: number = 32 * 1024 * 1024;

  /** Milliseconds that the event loop may be late before requests are turned away; writes from twice that on. */
  @Min(20)
  @IsInt()
  shedDelay: number = 400;

  /** Requests of one account that a replica works on at once, until their answers are out; files have a share of their own. */
  @Min(1)
  @IsInt()
  requestsPerAccount: number = 128;

  /** Files of one account that a replica makes or sends at once. */
  @Min(1)
  @IsInt()
  filesPerAccount: number = 16;

  /** Live feeds of one account that a replica has open at once. */
  @Max(10_000)
  @Min(1)
  @IsInt()
  feedsPerAccount: number = 50;

  /** Milliseconds between "not ready" and closing, in which load balancers take note. */
  @Max(60_000)
  @Min(0)
  @IsInt()
  drainDelay: number = 0;

  /** Requests of one user over all gateways. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitCaller: string = 'off';

  /** Requests from one network address over all gateways. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitAddress: string = 'off';

  /** Logins and changes of passwords from one address. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitLogin: string = '600/60';

  /** Registrations from one address. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitRegistration: string = '600/60';

  /** Verification codes entered from one address. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitCode: string = '600/60';

  /** Verification codes asked for from one address: each is a mail. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitReset: string = '600/60';

  /** Wrong API keys and tickets from one address. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitGuess: string = '60/60';

  /** Events of payment providers, from one address. */
  @SecureInProduction('limits')
  @Matches(LIMIT, limit)
  rateLimitWebhook: string = '1200/60';

  /** Tests and replays of webhooks that one account asks for. */
  @Matches(LIMIT, limit)
  rateLimitWebhookTest: string = '120/600';

  /** Files that are taken at once. */
  @Min(1)
  @IsInt()
  uploadsAtOnce: number = 16;

  /** Bytes of files that one account may send in ten minutes, over all gateways. */
  @Min(16 * 1024 * 1024)
  @IsInt()
  uploadShare: number = 64 * 1024 * 1024;

  /** Milliseconds for which the answer to a read may be given again while nothing is known to have changed; 0: never. */
  @Max(60_000)
  @Min(0)
  @IsInt()
  cacheMaxAge: number = 10_000;

  /** Bytes from which on an answer is compressed where the client takes it; 0: never. */
  @Max(10_000_000)
  @Min(0)
  @IsInt()
  compressFrom: number = 1024;

  /** `off`: the dashboard for owners is not served. */
  @IsIn(['on', 'off'])
  dashboard: 'on' | 'off' = 'on';

  /** Address of map tiles for the dashboard, with `{z}`, `{x}` and `{y}`; without one it draws outlines of countries. */
  @ValidateIf((config: GatewayConfig) => config.mapTilesUrl !== undefined)
  @Matches(TILES, { message: '$property must be like https://tiles.example.com/{z}/{x}/{y}.png' })
  mapTilesUrl?: string;

  /** What the owner of the tiles wants to be named as, shown on the map. */
  @IsString()
  mapTilesAttribution: string = '';

  get baseUrl(): string {
    return this.publicUrl ?? `http://localhost:${this.port}`;
  }
}
