import { ApiProperty } from '@nestjs/swagger';
import { nothing, operations, page, read, write } from '../core/operation';
import { Bool, Choice, Id, Int, Pattern, Ref } from '../fields';
import { ChargerMessages, ListChargerMessages } from './messages';

export const CHARGER_STATES = ['connected', 'disconnected', 'never_connected'] as const;
/** `never_connected`: it has not connected since it was created. */
export type ChargerState = (typeof CHARGER_STATES)[number];

export const CHARGER_POLICIES = ['workers', 'anybody', 'partner'] as const;
/** Which cards may start a session: those of the account's workers, any and none, or those that the partner accepts, too. */
export type ChargerPolicy = (typeof CHARGER_POLICIES)[number];

/** Without a colon: it is a user name of Basic authentication, which ends at the first one. */
const IDENTITY = /^[A-Za-z0-9_.@=*+|-]{1,48}$/;
const text = (example: string) => ({ example, nullable: true, type: String }) as const;
const moment = text('2026-05-12T09:02:00.000000Z');

/** A connector as its charger last reported it. */
export class ChargerConnector {
  /** 0 is the charger itself. */
  @ApiProperty({ example: 1 }) number: number;
  /** The status of OCPP. */
  @ApiProperty({ example: 'Available' }) status: string;
  @ApiProperty(text('NoError')) error_code: string | null;
  @ApiProperty(text('')) info: string | null;
  @ApiProperty(text('E42')) vendor_error_code: string | null;
  @ApiProperty({ example: '2026-05-12T09:02:00.000000Z' }) reported_at: string;
}

/** A charger that speaks OCPP with the platform: never its password. */
export class Charger {
  @ApiProperty({ example: 7 }) id: number;
  @ApiProperty({ example: 12 }) charge_point_id: number;
  /** The last segment of its URL, and its user name. */
  @ApiProperty({ example: 'EV_CHARGER_67DF25E57A988' }) identity: string;
  @ApiProperty({ example: 'connected', enum: CHARGER_STATES }) state: ChargerState;
  /** Whether it has a password; without one it cannot connect. */
  @ApiProperty({ example: true }) has_credential: boolean;
  @ApiProperty({ example: 'workers', enum: CHARGER_POLICIES }) policy: ChargerPolicy;
  /** Whether a connection without a subprotocol is taken for OCPP 1.6. */
  @ApiProperty({ example: false }) assume_ocpp16: boolean;
  /** Whether the cards of workers are sent to it, so that it decides without a connection. */
  @ApiProperty({ example: true }) local_list: boolean;
  /** Whether it proves who it is by a client certificate (security profile 3), and not by its password. */
  @ApiProperty({ example: false }) certificate: boolean;
  /** Whether it gets pings; one without them is dead after 15 minutes without a message. */
  @ApiProperty({ example: true }) server_pings: boolean;
  /** Whether messages are compressed (RFC 7692) where it offers that with OCPP 2.0.1. */
  @ApiProperty({ example: true }) compression: boolean;
  /** What its registers are multiplied by to be Wh; 1000 for one that says Wh of kWh. */
  @ApiProperty({ example: 1 }) register_factor: number;
  /** That of its last connection: `ocpp2.0.1` or `ocpp1.6`. */
  @ApiProperty(text('ocpp2.0.1')) protocol: string | null;
  @ApiProperty(text('Example')) vendor: string | null;
  @ApiProperty(text('Wallbox 22')) model: string | null;
  @ApiProperty(text('SN-1042')) serial_number: string | null;
  @ApiProperty(text('1.4.2')) firmware: string | null;
  @ApiProperty(moment) connected_at: string | null;
  @ApiProperty(moment) disconnected_at: string | null;
  @ApiProperty(moment) booted_at: string | null;
  /** Exact to the minute. */
  @ApiProperty(moment) last_seen_at: string | null;
  /** Seconds by which its clock is behind the platform's; negative: ahead. */
  @ApiProperty({ example: 0 }) clock_offset_seconds: number;
  /** Deviations from the protocol that were put right, with how often. */
  @ApiProperty({ type: Object, additionalProperties: { type: 'integer' }, example: { time_without_zone: 12 } })
  quirks: Record<string, number>;
  /** Transactions that have not ended. */
  @ApiProperty({ example: 1 }) open_transactions: number;
  @ApiProperty({ type: [ChargerConnector] }) connectors: ChargerConnector[];
  @ApiProperty({ example: '2026-05-01T08:00:00.000000Z' }) created_at: string;
}

/** What a charger is configured with; the password is shown this once. */
export class ChargerCredential {
  /** The address, with the identity. */
  @ApiProperty({ example: 'wss://chargers.example.com/ocpp/EV_CHARGER_67DF25E57A988' }) url: string;
  /** The user name. */
  @ApiProperty({ example: 'EV_CHARGER_67DF25E57A988' }) identity: string;
  /** 20 random bytes in hexadecimal: the `AuthorizationKey` of OCPP. */
  @ApiProperty({ example: '9f2c1e0b7a4d8835c6f1a2b3d4e5f60718293a4b', pattern: '^[0-9a-f]{40}$' }) password: string;
}

export class NewCharger extends Charger {
  @ApiProperty({ type: ChargerCredential }) credential: ChargerCredential;
}

export class CreateCharger {
  @Ref({ presence: 'required', example: 12, description: 'The power center that it is.' }) charge_point_id: number;
  @Pattern(IDENTITY, 'The :attribute field must have 1 to 48 letters, digits or characters of _.@=*+|-', {
    example: 'EV_CHARGER_67DF25E57A988',
    description: 'By default the token of the power center.',
  })
  identity?: string | null;
  @Choice(CHARGER_POLICIES, {
    example: 'workers',
    description: 'Which cards may start a session; by default `workers`.',
  })
  policy?: ChargerPolicy | null;
}

export class ChargerRef {
  @Id() id: number;
}

/** What is absent stays. */
export class ChangeCharger extends ChargerRef {
  @Choice(CHARGER_POLICIES, { presence: 'filled', example: 'anybody' }) policy?: ChargerPolicy;
  @Bool({
    presence: 'filled',
    example: false,
    description: 'Whether a connection without a subprotocol is taken for OCPP 1.6.',
  })
  assume_ocpp16?: boolean;
  @Bool({ presence: 'filled', example: true, description: 'Whether the cards of workers are sent to it.' })
  local_list?: boolean;
  @Bool({
    presence: 'filled',
    example: false,
    description: 'Whether it proves who it is by a client certificate, and not by its password.',
  })
  certificate?: boolean;
  @Bool({
    presence: 'filled',
    example: true,
    description: 'Whether it gets pings, from its next connection on: a few chargers break off at them.',
  })
  server_pings?: boolean;
  @Bool({
    presence: 'filled',
    example: true,
    description: 'Whether messages are compressed where it offers that with OCPP 2.0.1, from its next connection on.',
  })
  compression?: boolean;
  @Int({
    min: 1,
    max: 1000,
    presence: 'filled',
    example: 1,
    description: 'What its registers are multiplied by, from its next connection on: 1000 for one that says Wh of kWh.',
  })
  register_factor?: number;
}

export class ListChargers {
  @Int({ min: 1, max: 100, description: 'Rows a page; 15 by default.' }) itemsPerPage?: number | null;
  @Int({ min: 1, max: 1_000_000, description: 'Page, from 1.' }) page?: number | null;
  @Choice(CHARGER_STATES, { description: 'Those in this state alone.' }) state?: ChargerState | null;
}

export const chargers = operations('chargers.chargers', {
  /** Newest first. */
  table: read(ListChargers, page(Charger)),
  one: read(ChargerRef, Charger),
  /** A power center has one charger, and an identity one in the whole installation. */
  create: write(CreateCharger, NewCharger, { audit: 'chargers.create' }),
  change: write(ChangeCharger, Charger, { audit: 'chargers.update' }),
  /** It cannot connect any more; its orders stay. */
  remove: write(ChargerRef, nothing, { audit: 'chargers.delete' }),
  /** A new password; a connection with the one before is closed. */
  rotate: write(ChargerRef, ChargerCredential, { audit: 'chargers.update' }),
  /** No password: its connection is closed, and it cannot connect until there is a new one. */
  revoke: write(ChargerRef, Charger, { audit: 'chargers.update' }),
  /** Newest first. */
  messages: read(ListChargerMessages, ChargerMessages),
});
