import { ApiProperty } from '../core/documentation';
import { domainEvent } from '../core/domain-event';
import { list, operations, read, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Bool, Int, Pattern, Ref } from '../fields';

/** A part of the subjects of its events and of its user's name at the broker. */
export const BACK_END_NAME = /^[a-z][a-z0-9]{0,29}$/;
const NAME_TEXT = 'The :attribute field must be up to 30 lower-case letters and digits that begin with a letter.';
const BackEndName = (presence?: 'required') => Pattern(BACK_END_NAME, NAME_TEXT, { presence });

export class BackEndCommand extends OperatorCommand {
  @BackEndName('required') name: string;
}

/** One power center, or all of an account, those that are made later included. */
export class BackEndAssignment extends BackEndCommand {
  @Ref() account_id?: number | null;
  @Ref() charge_point_id?: number | null;
}

export class ListBackEnds {
  /** Those whose names come later; absent: from the first. */
  @BackEndName() after?: string | null;
}

/** A charging back end with a credential of its own. */
export class BackEnd {
  @ApiProperty() name: string;
  /** Accounts of which it serves every power center. */
  @ApiProperty() accounts: number;
  /** Power centers that it serves beside those. */
  @ApiProperty() power_centers: number;
  @ApiProperty() created_at: string;
}

export class ListAssignments {
  @BackEndName('required') name: string;
  /** Those with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
}

/** What a back end serves. */
export class Assignment {
  @ApiProperty() id: number;
  @ApiProperty({ type: Number, nullable: true }) account_id: number | null;
  @ApiProperty({ type: Number, nullable: true }) charge_point_id: number | null;
  @ApiProperty() since: string;
}

export class ListUnknownReports {
  @Ref() account_id?: number | null;
  @Int({ min: 0 }) after?: number | null;
}

/** A charger, or a connector of a power center, that reports and is not known. */
export class UnknownReport {
  @ApiProperty() id: number;
  /** The back end that published it; empty with the shared credential. */
  @ApiProperty() back_end: string;
  /** Token or id, as it was published. */
  @ApiProperty() named: string;
  /** Null: the charger itself is not known. */
  @ApiProperty({ type: Number, nullable: true }) connector_number: number | null;
  @ApiProperty({ type: Number, nullable: true }) account_id: number | null;
  @ApiProperty({ type: Number, nullable: true }) charge_point_id: number | null;
  @ApiProperty() reports: number;
  @ApiProperty() first_at: string;
  @ApiProperty() last_at: string;
}

/** That a back end serves a power center, or those of an account, or does so no more. */
export class BackEndGranted {
  @BackEndName('required') back_end: string;
  @Ref() account_id?: number | null;
  @Ref() charge_point_id?: number | null;
  @Bool({ presence: 'required' }) granted: boolean;
}

export const backEndGranted = domainEvent('stations.back-ends.granted', BackEndGranted);

const operator = { operator: true } as const;

/** Which power centers charging back ends serve, and what they say of others. Lists are of a hundred at most. */
export const stationsBackEnds = operations('stations.back-ends', {
  all: read(ListBackEnds, list(BackEnd), operator),
  assignments: read(ListAssignments, list(Assignment), operator),
  add: write(BackEndCommand, BackEnd, { ...operator, audit: 'back-ends.add' }),
  /** Takes everything from it. */
  remove: write(BackEndCommand, BackEnd, { ...operator, audit: 'back-ends.remove' }),
  assign: write(BackEndAssignment, BackEnd, { ...operator, audit: 'back-ends.assign' }),
  unassign: write(BackEndAssignment, BackEnd, { ...operator, audit: 'back-ends.unassign' }),
  /** Forgotten thirty days after the last report. */
  unknown: read(ListUnknownReports, list(UnknownReport), operator),
});
