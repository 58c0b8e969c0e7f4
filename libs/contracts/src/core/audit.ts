import { ApiProperty } from './documentation';
import { Instant, Int, Ref, Text } from '../fields';
import { DEFAULT_PAGE } from './list-query';
import { list, operations, read } from './operation';

/** Most entries of one page of the audit trail. */
export const LARGEST_AUDIT_PAGE = 100;

const name = { max: 100 } as const;
const optional = { nullable: true } as const;

/** Which entries are wanted; all filters hold together. */
class AuditFilters {
  @Ref({ description: 'Entries of this user alone.' }) user_id?: number | null;
  @Text({ ...name, example: 'payout-methods.update', description: 'Entries of this action alone.' })
  action?: string | null;
  @Text({ ...name, example: 'payout-method', description: 'Entries about this kind of subject alone.' })
  subject?: string | null;
  @Text({ ...name, example: '7', description: 'Entries about the subject with this id alone.' })
  subject_id?: string | null;
  @Instant({ example: '2025-05-01T00:00:00Z', description: 'Entries from this moment on.' }) from?: string | null;
  @Instant({ example: '2025-06-01T00:00:00Z', description: 'Entries before this moment.' }) to?: string | null;
}

/** What clients ask for; the gateway makes slices of the services' audit logs out of it. */
export class ListAudit extends AuditFilters {
  @Int({ min: 1, max: LARGEST_AUDIT_PAGE, description: `Entries a page; ${DEFAULT_PAGE} by default.` })
  itemsPerPage?: number | null;
  @Text({ max: 200, description: '`meta.next` of the page before; absent: the newest entries.' })
  cursor?: string | null;
}

/** The next entries of one service's log before a position. */
export class AuditSlice extends AuditFilters {
  @Int({ presence: 'required', min: 1, max: LARGEST_AUDIT_PAGE + 1 }) limit: number;
  /** Microseconds since 1970; absent: from the newest entry on. */
  @Int({ min: 0, max: Number.MAX_SAFE_INTEGER }) before_at?: number | null;
  /** Entries of that very moment with smaller ids only. */
  @Int({ min: 0, max: Number.MAX_SAFE_INTEGER }) before_id?: number | null;
}

export const AUDIT_ACTORS = ['user', 'operator', 'system'] as const;
/** `operator`: the platform's staff. `system`: no user was logged in. */
export type AuditActor = (typeof AUDIT_ACTORS)[number];

class AuditDeed {
  @ApiProperty({ example: '2025-05-12T09:02:00.123456Z' }) at: string;
  @ApiProperty({ example: 'user', enum: AUDIT_ACTORS }) actor: AuditActor;
  @ApiProperty({ ...optional, type: Number, example: 3 }) user_id: number | null;
  @ApiProperty({ example: 'payout-methods.update' }) action: string;
  @ApiProperty({ example: 'payout-method' }) subject: string;
  @ApiProperty({ example: '7' }) subject_id: string;
  /** What it was, as far as it was changed; null for a creation. */
  @ApiProperty({ ...optional, type: Object, example: { method: 'Bank Account', account_number: '…3000' } })
  before: object | null;
  /** What it is since; null for a removal. */
  @ApiProperty({ ...optional, type: Object, example: { method: 'Bank Account', account_number: '…4111' } })
  after: object | null;
  /** `X-Request-Id` of the request. */
  @ApiProperty({ example: '27ee3f39-8768-4bc3-a6ae-440d87660b02' }) request_id: string;
}

/** An entry as its service has it. */
export class AuditRow extends AuditDeed {
  @ApiProperty() id: number;
  /** `at` in microseconds since 1970. */
  @ApiProperty() position: number;
}

export class AuditTrailEntry extends AuditDeed {
  @ApiProperty({ example: 'payouts-1042' }) id: string;
}

export class AuditTrailMeta {
  @ApiProperty({ example: DEFAULT_PAGE }) per_page: number;
  /** `cursor` of the next page; null at the end. */
  @ApiProperty({ ...optional, type: String, example: null }) next: string | null;
}

/** Newest first. */
export class AuditTrail {
  @ApiProperty({ type: [AuditTrailEntry] }) data: AuditTrailEntry[];
  @ApiProperty({ type: AuditTrailMeta }) meta: AuditTrailMeta;
}

/** What the gateway asks every service with a database; persistence has the handler (`auditReader`). */
export const auditOf = (service: string) =>
  operations(`${service}.audit`, {
    /** The caller's account's entries, newest first. */
    slice: read(AuditSlice, list(AuditRow)),
  });

export const authAudit = auditOf('auth');
export const chargersAudit = auditOf('chargers');
export const notificationsAudit = auditOf('notifications');
export const ordersAudit = auditOf('orders');
export const payoutsAudit = auditOf('payouts');
export const stationsAudit = auditOf('stations');
export const workforceAudit = auditOf('workforce');
