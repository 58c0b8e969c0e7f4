import { ApiProperty } from '../core/documentation';
import { ListQuery } from '../core/list-query';
import { nothing, operations, page, read, stream, write } from '../core/operation';
import { Bool, Id, RefList, Text } from '../fields';
import { ChargePointRow } from './charge-points';

const text = { type: String, nullable: true } as const;

/** A group of power centers; a power center can be in many (reference L3300). */
export class Group {
  @ApiProperty({ example: 426 }) id: number;
  @ApiProperty({ example: 'Airport' }) name: string;
  @ApiProperty({ ...text, example: 'Airport Parking Ltd' }) companyName: string | null;
  @ApiProperty({ ...text, example: 'LC-2025-17' }) licenseCode: string | null;
  @ApiProperty({ example: 1 }) chargePointsNumber: number;
  /** Ascending. */
  @ApiProperty({ type: [Number], example: [24] }) chargePointsIds: number[];
  /** Only where `power-centers` asks for them; newest first. */
  @ApiProperty({ type: [ChargePointRow], required: false }) power_centers?: ChargePointRow[];
}

const Members = () => Bool({ example: true, description: 'Whether to answer the power centers themselves as well.' });

export class GroupRef {
  @Id() id: number;
}

export class GroupQuery extends GroupRef {
  @Members() 'power-centers'?: boolean | null;
}

/** The search looks into names, companies and licences. */
export class ListGroups extends ListQuery {
  @Members() 'power-centers'?: boolean | null;
}

const CHARGE_POINTS = 'Ids of power centers: exactly these are in the group. None for an empty group.';

export class CreateGroup {
  @Text({ presence: 'required', min: 2, example: 'Airport' }) name: string;
  @Text({ example: 'Airport Parking Ltd' }) companyName?: string | null;
  @Text({ example: 'LC-2025-17' }) licenseCode?: string | null;
  @RefList({ example: [24], description: CHARGE_POINTS }) chargePoints?: number[] | null;
}

/** PUT and PATCH alike: what is absent stays; a present name must not be empty. */
export class ChangeGroup {
  @Id() id: number;
  @Text({ presence: 'filled', min: 2, example: 'Airport' }) name?: string;
  @Text({ example: 'Airport Parking Ltd' }) companyName?: string | null;
  @Text({ example: 'LC-2025-17' }) licenseCode?: string | null;
  @RefList({ example: [24], description: CHARGE_POINTS }) chargePoints?: number[] | null;
}

export const groups = operations('stations.groups', {
  /** One page, newest first. */
  table: read(ListGroups, page(Group)),
  /** All, newest first. */
  all: stream(ListGroups, Group),
  one: read(GroupQuery, Group),
  create: write(CreateGroup, Group, { audit: 'groups.create' }),
  change: write(ChangeGroup, Group, { audit: 'groups.update' }),
  remove: write(GroupRef, nothing, { audit: 'groups.delete' }),
});
