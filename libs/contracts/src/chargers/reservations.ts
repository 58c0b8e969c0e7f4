import { ApiProperty } from '@nestjs/swagger';
import { operations, read, write } from '../core/operation';
import { Choice, Id, Int } from '../fields';
import { CardTag } from '../workforce/cards';
import { ChargerRef } from './chargers';

export const RESERVATION_STATES = [
  'requested',
  'active',
  'used',
  'cancelled',
  'expired',
  'rejected',
  'failed',
] as const;
/**
 * `requested`: the charger has not answered yet. `active`: it keeps the connector free for the card. `used`: a session has begun
 * with it. `rejected`: the charger did not take it. `failed`: it did not answer, or by an error.
 */
export type ReservationState = (typeof RESERVATION_STATES)[number];

const optional = { nullable: true, type: Number } as const;
const moment = '2026-05-12T09:02:00.000000Z';

/** A connector that is kept free for a card. */
export class ChargerReservation {
  @ApiProperty({ example: 211 }) id: number;
  @ApiProperty({ example: 7 }) charger_id: number;
  @ApiProperty({ example: 1 }) connector: number;
  /** Shown to those who may see workers. */
  @ApiProperty({ example: '04A2B1C6' }) rfid: string;
  @ApiProperty({ example: 'active', enum: RESERVATION_STATES }) state: ReservationState;
  @ApiProperty({ example: '2026-05-12T09:32:00.000000Z' }) expires_at: string;
  /** By which the charger was asked; what became of it is read there. */
  @ApiProperty({ ...optional, example: 3104 }) command_id: number | null;
  /** By which it was cancelled. */
  @ApiProperty({ ...optional, example: null }) cancel_command_id: number | null;
  /** Of the session that has begun with it. */
  @ApiProperty({ ...optional, example: null }) transaction_id: number | null;
  @ApiProperty({ ...optional, example: 11 }) user_id: number | null;
  @ApiProperty({ example: moment }) created_at: string;
}

export const MAX_RESERVATION_MINUTES = 1440;

export class Reserve extends ChargerRef {
  @Int({ min: 1, max: 10_000, presence: 'required', example: 1 }) connector: number;
  @CardTag({
    description:
      'The card that may start there. Without one a tag is made; the command `start` with the reservation uses it.',
  })
  rfid?: string | null;
  @Int({ min: 1, max: MAX_RESERVATION_MINUTES, description: 'How long it lasts; 30 by default.' })
  minutes?: number | null;
}

export class ReservationRef extends ChargerRef {
  @Id() reservation_id: number;
}

export class ListReservations extends ChargerRef {
  @Int({ min: 1, max: 100, description: 'Reservations a page; 50 by default.' }) itemsPerPage?: number | null;
  @Int({ min: 1, description: '`meta.next` of the page before; absent: the newest ones.' }) cursor?: number | null;
  @Choice(RESERVATION_STATES, { description: 'Those in this state alone.' }) state?: ReservationState | null;
}

export class ChargerReservationsMeta {
  @ApiProperty({ example: 50 }) per_page: number;
  /** `cursor` of the next page; null at the end. */
  @ApiProperty({ example: '198', nullable: true, type: String }) next: string | null;
}

export class ChargerReservations {
  @ApiProperty({ type: [ChargerReservation] }) data: ChargerReservation[];
  @ApiProperty({ type: ChargerReservationsMeta }) meta: ChargerReservationsMeta;
}

export const chargerReservations = operations('chargers.reservations', {
  /** Newest first. */
  table: read(ListReservations, ChargerReservations),
  one: read(ReservationRef, ChargerReservation),
  /** Answers at once; what the charger says is read. */
  reserve: write(Reserve, ChargerReservation, { audit: 'chargers.control' }),
  cancel: write(ReservationRef, ChargerReservation, { audit: 'chargers.control' }),
});
