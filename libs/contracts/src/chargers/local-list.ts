import { ApiProperty } from '@nestjs/swagger';
import { operations, read, write } from '../core/operation';
import { ChargerRef } from './chargers';

export const LOCAL_LIST_STATES = [
  'off',
  'waiting',
  'sending',
  'current',
  'unsupported',
  'disabled',
  'failing',
] as const;
/**
 * `off`: it is not to be sent. `waiting`: the charger was not asked yet. `current`: it has the cards that it should. `unsupported`:
 * it has no lists. `disabled`: its setting `LocalAuthListEnabled` is false. `failing`: it did not take it, and is tried again.
 */
export type LocalListState = (typeof LOCAL_LIST_STATES)[number];

const count = { nullable: true, type: Number } as const;
const moment = { nullable: true, type: String, example: '2026-05-12T09:02:00.000000Z' } as const;

/** The cards by which a charger decides without a connection. */
export class LocalList {
  @ApiProperty({ example: 'current', enum: LOCAL_LIST_STATES }) state: LocalListState;
  /** That of the list at the charger, as it last reported. */
  @ApiProperty({ ...count, example: 12 }) version: number | null;
  /** Cards in it. */
  @ApiProperty({ example: 34 }) cards: number;
  /** The most that the charger takes; null where it does not tell. */
  @ApiProperty({ ...count, example: 100 }) max_cards: number | null;
  /** Cards of the account that have no place in it. */
  @ApiProperty({ example: 0 }) left_out: number;
  @ApiProperty({ nullable: true, type: String, example: null }) error: string | null;
  /** When it was last known to be as it should. */
  @ApiProperty(moment) synced_at: string | null;
  /** When it is tried next. */
  @ApiProperty(moment) next_at: string | null;
}

export const chargerLocalList = operations('chargers.local-list', {
  one: read(ChargerRef, LocalList),
  /** Has the whole list sent again, also to a charger that had none before. */
  send: write(ChargerRef, LocalList, { audit: 'chargers.control' }),
});
