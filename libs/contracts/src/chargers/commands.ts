import { ApiProperty } from '@nestjs/swagger';
import { link } from '../core/topic';
import { operations, read, write } from '../core/operation';
import { Bool, Choice, Id, Instant, Int, Ref, Text } from '../fields';
import { CardTag } from '../workforce/cards';
import { ChargerRef } from './chargers';

export const COMMAND_TYPES = [
  'start',
  'stop',
  'unlock',
  'reset',
  'availability',
  'configure',
  'read_configuration',
  'trigger',
  'clear_cache',
  'diagnostics',
  'firmware',
  'reserve',
  'cancel_reservation',
  'limit',
  'local_list',
  'read_local_list',
  'read_local_list_limits',
  'transaction_status',
] as const;
/**
 * What a charger is commanded to do. `reserve` and `cancel_reservation` come of reservations, `limit` of limits of the current, and
 * those with `local_list` of the local list. By `transaction_status` the platform asks what became of a session.
 */
export type CommandType = (typeof COMMAND_TYPES)[number];

/** Those that are sent by a request of their own. */
export const SENT_COMMAND_TYPES = [
  'start',
  'stop',
  'unlock',
  'reset',
  'availability',
  'configure',
  'read_configuration',
  'trigger',
  'clear_cache',
  'diagnostics',
  'firmware',
] as const satisfies readonly CommandType[];
export type SentCommandType = (typeof SENT_COMMAND_TYPES)[number];

export const COMMAND_STATES = [
  'queued',
  'sent',
  'accepted',
  'rejected',
  'failed',
  'timed_out',
  'not_connected',
  'cancelled',
] as const;
/**
 * `queued`: waits for its turn, since a charger gets one command at a time. `sent`: not answered yet. `failed`: the charger
 * answered by an error, or its connection ended before the answer. `timed_out`: no answer came in time; one that comes late changes
 * the state. `cancelled`: withdrawn before it was sent, or, of a start with a one-time tag, before its session began.
 */
export type CommandState = (typeof COMMAND_STATES)[number];

export const COMMAND_EFFECTS = ['expected', 'observed', 'missing'] as const;
/**
 * Whether what was accepted has happened: the session has begun or ended, the charger has restarted, or the file was uploaded or
 * installed. `missing`: it has failed, or not within the time that it should take.
 */
export type CommandEffect = (typeof COMMAND_EFFECTS)[number];

export const COMMAND_REASONS = ['order', 'session_limit', 'requested_quantity'] as const;
/** Why a session is stopped: its order was, or the session has reached its limit or the requested quantity. */
export type CommandReason = (typeof COMMAND_REASONS)[number];

export const CHARGER_LOGS = ['diagnostics', 'security'] as const;
/** A log of a charger. `security` is that of security events; OCPP 1.6 has it with the security extension. */
export type ChargerLog = (typeof CHARGER_LOGS)[number];

export const TRIGGERS = [
  'BootNotification',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'MeterValues',
  'StatusNotification',
] as const;

const text = (example: string | null) => ({ example, nullable: true, type: String }) as const;
const moment = text('2026-05-12T09:02:00.000000Z');

/** A command to a charger, and what became of it. */
export class ChargerCommand {
  @ApiProperty({ example: 3104 }) id: number;
  @ApiProperty({ example: 7 }) charger_id: number;
  @ApiProperty({ example: 'unlock', enum: COMMAND_TYPES }) type: CommandType;
  /** As it was asked for. Cards are left out for those who may not see workers. */
  @ApiProperty({ type: Object, example: { connector: 1 } }) request: Record<string, unknown>;
  @ApiProperty({ example: 'accepted', enum: COMMAND_STATES }) state: CommandState;
  /** What the charger answered, in the words of OCPP. */
  @ApiProperty(text('Unlocked')) status: string | null;
  /** Why there is no answer. */
  @ApiProperty(text(null)) error: string | null;
  /** How far an upload or an update of the firmware has come, in the words of OCPP. */
  @ApiProperty(text(null)) progress: string | null;
  @ApiProperty(moment) progress_at: string | null;
  /** The name of the file that is uploaded. */
  @ApiProperty(text(null)) file: string | null;
  /** Of a start, a stop, a restart, an upload and an update of the firmware that were sent. */
  @ApiProperty({ example: null, nullable: true, type: String, enum: COMMAND_EFFECTS }) effect: CommandEffect | null;
  /** Whether the answer came after the time for it. */
  @ApiProperty({ example: false }) late: boolean;
  /** Of the session that it started or stops. */
  @ApiProperty({ example: null, nullable: true, type: Number }) transaction_id: number | null;
  @ApiProperty({ example: null, nullable: true, type: Number }) order_id: number | null;
  @ApiProperty({ example: null, nullable: true, type: String, enum: COMMAND_REASONS }) reason: CommandReason | null;
  /** Who asked for it; null: the platform. */
  @ApiProperty({ example: 11, nullable: true, type: Number }) user_id: number | null;
  @ApiProperty({ example: '2026-05-12T09:02:00.000000Z' }) created_at: string;
  @ApiProperty(moment) sent_at: string | null;
  @ApiProperty(moment) answered_at: string | null;
}

export class SendCommand extends ChargerRef {
  @Choice(SENT_COMMAND_TYPES, { presence: 'required', example: 'unlock' }) type: SentCommandType;
  @Int({
    min: 0,
    max: 10_000,
    example: 1,
    description:
      'Of `start` without a reservation, `unlock` (required), `availability` (0, the default: the whole charger) and `trigger`.',
  })
  connector?: number | null;
  @CardTag({
    description: 'Of `start`: the card that the session is counted for. Without one no money passes the platform.',
  })
  rfid?: string | null;
  @Ref({ description: 'Of `stop` (required): an open transaction of the charger.' }) transaction_id?: number | null;
  @Bool({ description: 'Of `reset`: by default false, which lets sessions end in order.' }) hard?: boolean | null;
  @Bool({ description: 'Of `availability` (required).' }) available?: boolean | null;
  @Text({ max: 101, description: 'Of `configure` (required) and `read_configuration` (by default all).' })
  key?: string | null;
  @Text({ max: 1000, raw: true, description: 'Of `configure` (required).' }) value?: string | null;
  @Choice(TRIGGERS, { description: 'Of `trigger` (required): what the charger sends.' }) message?: string | null;
  @Ref({ description: 'Of `start`: the reservation that it uses, with its connector and its card.' })
  reservation_id?: number | null;
  @Text({
    max: 512,
    example: 'https://files.example.com/firmware/2.1.0.bin',
    description:
      'Of `diagnostics` (required), where the file goes, and of `firmware` (required), where it comes from: a public address that begins with https://.',
  })
  location?: string | null;
  @Choice(CHARGER_LOGS, {
    description:
      'Of `diagnostics`: by default `diagnostics`. With `security` a charger of OCPP 1.6 has to have the security extension.',
  })
  log?: ChargerLog | null;
  @Instant({ description: 'Of `diagnostics`: from when on.' }) from?: string | null;
  @Instant({ description: 'Of `diagnostics`: up to when.' }) until?: string | null;
  @Instant({ description: 'Of `firmware`: when it is fetched, within 30 days; by default at once.' })
  retrieve_at?: string | null;
  @Text({
    max: 5500,
    raw: true,
    description:
      'Of `firmware`, with `signature`: the certificate (PEM) by which the charger verifies it. OCPP 1.6: with the security extension.',
  })
  signing_certificate?: string | null;
  @Text({ max: 800, description: 'Of `firmware`, with `signing_certificate`: its signature, in base64.' })
  signature?: string | null;
}

export class CommandRef extends ChargerRef {
  @Id() command_id: number;
}

export class ListCommands extends ChargerRef {
  @Int({ min: 1, max: 100, description: 'Commands a page; 50 by default.' }) itemsPerPage?: number | null;
  @Int({ min: 1, description: '`meta.next` of the page before; absent: the newest commands.' }) cursor?: number | null;
  @Choice(COMMAND_STATES, { description: 'Those in this state alone.' }) state?: CommandState | null;
}

export class ChargerCommandsMeta {
  @ApiProperty({ example: 50 }) per_page: number;
  /** `cursor` of the next page; null at the end. */
  @ApiProperty(text('3092')) next: string | null;
}

export class ChargerCommands {
  @ApiProperty({ type: [ChargerCommand] }) data: ChargerCommand[];
  @ApiProperty({ type: ChargerCommandsMeta }) meta: ChargerCommandsMeta;
}

/** A setting of a charger as it last reported it. */
export class ChargerSetting {
  @ApiProperty({ example: 'HeartbeatInterval' }) key: string;
  /** Null where it has none, or is a secret. */
  @ApiProperty(text('300')) value: string | null;
  @ApiProperty({ example: false }) readonly: boolean;
  /** Whether its value is not shown, as that of `AuthorizationKey`. */
  @ApiProperty({ example: false }) secret: boolean;
  @ApiProperty({ example: '2026-05-12T09:02:00.000000Z' }) read_at: string;
}

export class ChargerConfiguration {
  /** At most 500, by key. Empty until they were read by the command `read_configuration`. */
  @ApiProperty({ type: [ChargerSetting] }) settings: ChargerSetting[];
}

export class OrderToStop {
  @Id() id: number;
}

export const chargerCommands = operations('chargers.commands', {
  /** Answers at once; what becomes of it is read. */
  send: write(SendCommand, ChargerCommand, { audit: 'chargers.control' }),
  /** Ends the session of an order, also when its charger is connected again later. */
  stopOrder: write(OrderToStop, ChargerCommand, { audit: 'chargers.control' }),
  /** Newest first. */
  table: read(ListCommands, ChargerCommands),
  one: read(CommandRef, ChargerCommand),
  configuration: read(ChargerRef, ChargerConfiguration),
  /**
   * Withdraws a command that was not sent yet, or a start with a one-time tag whose session has not begun. Once it is cancelled a
   * repetition answers the same; others are a `conflict`.
   */
  cancel: write(CommandRef, ChargerCommand, { audit: 'chargers.control' }),
});

/** Sent to the replica that has the connection of a charger; the key is the name of the replica. */
export interface CommandToSend {
  readonly charger: number;
  readonly command: number;
}

export const chargerReplicas = link<CommandToSend>('chargers.replicas');

/** The same, by the id of the charger: replicas of the version before are asked so, and ask so. */
export const chargerSockets = link<{ readonly command?: number }>('chargers.sockets');
