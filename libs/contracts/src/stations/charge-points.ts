import { ApiProperty } from '../core/documentation';
import { ListQuery, SortBy, type SortCriterion } from '../core/list-query';
import { nothing, operations, page, read, stream, write } from '../core/operation';
import { Id } from '../fields';
import { ChargePointForIntegration, ChargePointFull } from './charge-point-full';
import { ChangeChargePoint, CreateChargePoint } from './charge-point-input';
import { ChargePointModel } from './charge-point-model';
import { CHARGE_POINT_STATUSES, type ChargePointStatus } from './charge-point-words';

class RowBasics {
  @ApiProperty({ example: 24 }) id: number;
  @ApiProperty({ example: 'test open source API' }) title: string;
  @ApiProperty({ example: 'PS_67DF25E57A981' }) identifier: string;
  @ApiProperty({ example: 'unavailable', enum: CHARGE_POINT_STATUSES }) status: ChargePointStatus;
  /** Today's, in the viewer's currency. */
  @ApiProperty({ example: '0.00' }) earning: string;
  @ApiProperty({ example: '0.00' }) rating: string;
}

/** A row of the table: what an owner needs to find a power center. */
export class ChargePointRow extends RowBasics {
  @ApiProperty({ example: false }) listed: boolean;
}

/** The same row in the plain list, where `listed` is a number (reference L2042). */
export class ChargePointListRow extends RowBasics {
  @ApiProperty({ example: 0, enum: [0, 1] }) listed: 0 | 1;
}

export class ChargePointRef {
  @Id() id: number;
}

export class ChargePointZone {
  @ApiProperty({ example: 'Africa/Algiers', description: 'IANA name.' }) time_zone: string;
  /** Where it comes from: the coordinates (else the account's country), or a request that set it. */
  @ApiProperty({ example: 'coordinates', enum: ['coordinates', 'request'] }) source: 'coordinates' | 'request';
}

export const CHARGE_POINT_SORT_KEYS = ['title', 'identifier', 'status', 'earning', 'rating'] as const;
export type ChargePointSortKey = (typeof CHARGE_POINT_SORT_KEYS)[number];

export class ListChargePoints extends ListQuery {
  @SortBy(CHARGE_POINT_SORT_KEYS) sortBy?: SortCriterion[] | null;
}

export const chargePoints = operations('stations.charge-points', {
  /** One page; like the others, newest first unless an order is asked for. */
  table: read(ListChargePoints, page(ChargePointRow)),
  /** All rows of the table, newest first. */
  rows: stream(ListChargePoints, ChargePointRow),
  /** All rows, newest first. */
  all: stream(ListChargePoints, ChargePointListRow),
  /** All power centers whole, newest first, for integrations. */
  full: stream(ListChargePoints, ChargePointForIntegration),
  one: read(ChargePointRef, ChargePointFull),
  zone: read(ChargePointRef, ChargePointZone),
  create: write(CreateChargePoint, ChargePointModel, { audit: 'power-centers.create' }),
  /** PUT and PATCH alike: what is absent stays. */
  change: write(ChangeChargePoint, ChargePointModel, { audit: 'power-centers.update' }),
  /** Refused while a charging session is active. */
  remove: write(ChargePointRef, nothing, { audit: 'power-centers.delete' }),
});
