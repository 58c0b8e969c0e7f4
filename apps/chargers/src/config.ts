import { DatabaseConfig } from '@open-cpo/platform';
import { IsBoolean, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

/** Settings of the service for chargers. (Of several decorators the lowest is judged first.) */
export class ChargersConfig extends DatabaseConfig {
  /** Port of the WebSocket server; 0 takes any free one. */
  @Max(65535)
  @Min(0)
  @IsInt()
  chargersPort: number = 8887;

  /** The address that chargers are configured with, up to the identity. */
  @Matches(/^wss?:\/\/[^\s/]+(\/[^\s/]+)+$/, { message: '$property must be like wss://chargers.example.com/ocpp' })
  chargersUrl: string = 'ws://localhost:8887/ocpp';

  /** Whether connections without TLS are taken: on a private network alone, since the password travels in them. */
  @IsBoolean()
  chargersPlain: boolean = false;

  /** Certificate chain and key, PEM, where this process ends TLS itself. */
  @IsOptional()
  @IsString()
  chargersTlsCert?: string;

  @IsOptional()
  @IsString()
  chargersTlsKey?: string;

  /** Certificates, PEM, of the authorities that issue those of chargers: with it security profile 3 can be used. */
  @IsOptional()
  @IsString()
  chargersClientCa?: string;

  /**
   * The header in which a load balancer of `TRUSTED_PROXIES` passes the client certificate of a charger on: as PEM, encoded for
   * URLs, or as RFC 9440 has it.
   */
  @IsOptional()
  @Matches(/^[A-Za-z][\w-]*$/, { message: '$property must be the name of a header, such as ssl-client-cert' })
  chargersClientCertHeader?: string;

  /** Addresses or networks of load balancers whose X-Forwarded-For and X-Forwarded-Proto count, separated by commas. */
  @IsString()
  trustedProxies: string = '';

  /**
   * Accounts whose requests may begin electronic sessions and name drivers, by id and separated by commas; `*`: all. What such
   * an order earns is owed to its owner: whoever asks must have the driver's money.
   */
  @Matches(/^(\*|\d+(\s*,\s*\d+)*)?$/, { message: '$property must be ids of accounts separated by commas, or *' })
  chargersPaymentAccounts: string = '';

  /** Where a partner is asked whether a card may start a session, at chargers whose policy is `partner`. */
  @IsOptional()
  @Matches(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])\S+$/, {
    message: '$property must begin with https://',
  })
  chargersPartnerUrl?: string;

  /** What it is asked with, in `Authorization: Bearer`. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]+$/, { message: '$property must be one word of visible characters' })
  chargersPartnerToken?: string;

  /** Sockets that one process holds at most. */
  @Max(100_000)
  @Min(1)
  @IsInt()
  chargersMaxSockets: number = 12_000;

  /** Seconds between heartbeats that chargers are asked for. */
  @Max(86_400)
  @Min(60)
  @IsInt()
  chargersHeartbeatSeconds: number = 300;

  /** Seconds without a connection after which a charger counts as disconnected. */
  @Max(86_400)
  @Min(1)
  @IsInt()
  chargersAbsenceSeconds: number = 120;

  /** Days for which messages are kept. */
  @Max(365)
  @Min(1)
  @IsInt()
  chargersMessageDays: number = 7;
}
