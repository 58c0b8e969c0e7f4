import { ApiProperty } from '@nestjs/swagger';
import { operations, read, write } from '../core/operation';
import { Choice, Id, Int } from '../fields';
import { NewCharger } from './chargers';

export const REFUSED_KINDS = ['connection', 'card'] as const;
export type RefusedKind = (typeof REFUSED_KINDS)[number];

const moment = '2026-05-12T09:02:00.000000Z';
const optional = { nullable: true, type: Number } as const;

/** A connection or a card that was refused, however often. */
export class RefusedEntry {
  @ApiProperty({ example: 41 }) id: number;
  @ApiProperty({ example: 'connection', enum: REFUSED_KINDS }) kind: RefusedKind;
  /** The identity or the card; cards are shown to those who may see workers. */
  @ApiProperty({ example: 'EV_CHARGER_67DF25E57A988' }) name: string;
  /** `unauthorized`, `no_subprotocol` and so on; of a card `unknown`, `expired` or `removed`. */
  @ApiProperty({ example: 'unauthorized' }) reason: string;
  /** Whose identity, or at which the card was shown. */
  @ApiProperty({ ...optional, example: 12 }) charge_point_id: number | null;
  /** Null where the power center has no charger. */
  @ApiProperty({ ...optional, example: null }) charger_id: number | null;
  /** From where it came last. */
  @ApiProperty({ example: '203.0.113.7', nullable: true, type: String }) address: string | null;
  @ApiProperty({ example: 3 }) times: number;
  @ApiProperty({ example: moment }) first_at: string;
  @ApiProperty({ example: moment }) last_at: string;
}

export class RefusedEntriesMeta {
  @ApiProperty({ example: 50 }) per_page: number;
  /** `cursor` of the next page; null at the end. */
  @ApiProperty({ example: '40', nullable: true, type: String }) next: string | null;
}

export class RefusedEntries {
  @ApiProperty({ type: [RefusedEntry] }) data: RefusedEntry[];
  @ApiProperty({ type: RefusedEntriesMeta }) meta: RefusedEntriesMeta;
}

export class ListRefused {
  @Choice(REFUSED_KINDS, { description: 'Those of this kind alone.' }) kind?: RefusedKind | null;
  @Int({ min: 1, max: 100, description: 'Entries a page; 50 by default.' }) itemsPerPage?: number | null;
  @Int({ min: 1, description: '`meta.next` of the page before; absent: the newest ones.' }) cursor?: number | null;
}

export class RefusedRef {
  @Id() id: number;
}

export const chargersRefused = operations('chargers.refused', {
  /** Those that were first refused last come first. */
  table: read(ListRefused, RefusedEntries),
  /** Makes the charger of the power center whose token a connection had as its identity. */
  enrol: write(RefusedRef, NewCharger, { audit: 'chargers.create' }),
});
