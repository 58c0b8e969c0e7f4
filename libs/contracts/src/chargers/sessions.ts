import { ApiProperty } from '@nestjs/swagger';
import { operations, read, write } from '../core/operation';
import { asDecimal, Choice, Id, Int, Ref } from '../fields';
import { field, type FieldOptions } from '../fields/field';
import { ORDER_PAYMENTS, type OrderPayment } from '../orders/facts';
import { PRICE_UNITS, type PriceUnit } from '../stations/charge-point-words';
import { CardTag } from '../workforce/cards';
import { ChargerRef } from './chargers';

export const CHARGER_SESSION_STATES = [
  'requested',
  'accepted',
  'started',
  'ended',
  'rejected',
  'failed',
  'timed_out',
  'not_connected',
  'cancelled',
] as const;
/**
 * `requested`: the charger has not answered yet. `accepted`: it waits for the vehicle. `failed`: it answered by an error.
 * `timed_out`: no session began in time; none of this request begins later. `cancelled`: the same, since it was withdrawn.
 */
export type ChargerSessionState = (typeof CHARGER_SESSION_STATES)[number];

/** More than nothing, with up to four decimals; or as much as there is. */
const QUANTITY = /^((?=.*[1-9])\d{1,8}(\.\d{1,4})?|FULL)$/;
const Quantity = (options: FieldOptions): PropertyDecorator =>
  field(
    {
      read: asDecimal,
      judge: (value, label) =>
        typeof value === 'string' && QUANTITY.test(value)
          ? undefined
          : `The ${label} field must be a quantity above 0 or FULL.`,
      docs: { type: String, pattern: QUANTITY.source },
    },
    options,
  );

const text = (example: string | null) => ({ example, nullable: true, type: String }) as const;
const moment = text('2026-05-12T09:02:00.000000Z');

/** A session that was asked for at a charger, and what became of it. */
export class ChargerSession {
  /** Of the request; its session has `session_id`. */
  @ApiProperty({ example: 3104 }) id: number;
  @ApiProperty({ example: 7 }) charger_id: number;
  @ApiProperty({ example: 1 }) connector: number;
  @ApiProperty({ example: 'started', enum: CHARGER_SESSION_STATES }) state: ChargerSessionState;
  /** As in charging events and webhooks; null until it has begun. */
  @ApiProperty(text('ocpp.7.90412')) session_id: string | null;
  /** Null until there is an order, seconds after the begin. */
  @ApiProperty({ example: 171, nullable: true, type: Number }) order_id: number | null;
  @ApiProperty({ example: 'electronic', enum: ORDER_PAYMENTS }) payment: OrderPayment;
  /** What the quantity counts. Null where the power center's is not known yet, and nothing was limited. */
  @ApiProperty({ example: 'energy', nullable: true, type: String, enum: PRICE_UNITS }) unit: PriceUnit | null;
  @ApiProperty({ example: '12.5' }) requested_quantity: string;
  @ApiProperty({ example: 42, nullable: true, type: Number }) driver_id: number | null;
  /** What the charger answered, in the words of OCPP. */
  @ApiProperty(text('Accepted')) status: string | null;
  /** Why there is no session. */
  @ApiProperty(text(null)) error: string | null;
  @ApiProperty({ example: '2026-05-12T09:02:00.000000Z' }) created_at: string;
  @ApiProperty(moment) started_at: string | null;
  @ApiProperty(text(null)) ended_at: string | null;
}

export class StartChargerSession extends ChargerRef {
  @Int({ min: 1, max: 10_000, presence: 'required', example: 1 }) connector: number;
  @Choice(ORDER_PAYMENTS, {
    presence: 'required',
    example: 'settled',
    description:
      '`electronic`: by the driver’s means of payment, for accounts that the operator trusts with it; `cash`: to the worker of `rfid`; `settled`: elsewhere, no money passes the platform.',
  })
  payment: OrderPayment;
  @Choice(PRICE_UNITS, {
    example: 'energy',
    description: 'What the quantity counts: that which the power center sells, and by default it.',
  })
  unit?: PriceUnit | null;
  @Quantity({ example: '12.5', description: 'Minutes or kWh after which the session is stopped; by default FULL.' })
  requested_quantity?: string | null;
  @Ref({ example: 42, description: 'The driver’s user, for accounts that may ask for `electronic`.' })
  driver_id?: number | null;
  @CardTag({
    description: 'With `cash` (required): the card of the worker who takes it.',
  })
  rfid?: string | null;
}

export class ChargerSessionRef extends ChargerRef {
  @Id() request_id: number;
}

export const chargerSessions = operations('chargers.sessions', {
  /**
   * Answers at once; what becomes of it is read. Refuses what is known before: `charger_not_connected`, `connector_unavailable`,
   * `power_center_inactive`, `forbidden` for a payment that the account may not ask for.
   */
  start: write(StartChargerSession, ChargerSession, { audit: 'chargers.control' }),
  one: read(ChargerSessionRef, ChargerSession),
  /**
   * Withdraws a request whose session has not begun: none begins later. Once it is cancelled a repetition answers the same; one that
   * has begun, or has ended otherwise, is a `conflict`.
   */
  cancel: write(ChargerSessionRef, ChargerSession, { audit: 'chargers.control' }),
});
