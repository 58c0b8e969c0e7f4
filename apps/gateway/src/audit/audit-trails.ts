import { Injectable } from '@nestjs/common';
import {
  accept,
  type AuditRow,
  type AuditSlice,
  type AuditTrail,
  type AuditTrailEntry,
  authAudit,
  type Caller,
  chargersAudit,
  DEFAULT_PAGE,
  ListAudit,
  notificationsAudit,
  ordersAudit,
  payoutsAudit,
  stationsAudit,
  workforceAudit,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { type AuditPosition, cursorOf, positionOf } from './audit-cursor';

/** In the order of their names, which decides between entries of the same microsecond. */
const LOGS = [
  authAudit.slice,
  chargersAudit.slice,
  notificationsAudit.slice,
  ordersAudit.slice,
  payoutsAudit.slice,
  stationsAudit.slice,
  workforceAudit.slice,
];
const SERVICES = LOGS.map(({ service }) => service);

interface Found extends AuditPosition {
  readonly row: AuditRow;
}

/**
 * The audit trail of an account: the logs of all services, merged by time. Each service is asked once a page for at most
 * one page. Entries have one order over all services (time, service, id), so that a cursor is a place in each log.
 */
@Injectable()
export class AuditTrails {
  constructor(private readonly bus: Bus) {}

  /** @throws Refusal `validation_failed`, and that of a service that cannot answer: a trail with gaps would mislead */
  async page(given: object, caller: Caller): Promise<AuditTrail> {
    const { input, errors } = accept(ListAudit, given);
    errors.throwIfAny();
    const { itemsPerPage, cursor, ...filters } = input;
    const per_page = itemsPerPage ?? DEFAULT_PAGE;
    const after = cursor ? positionOf(cursor, SERVICES) : undefined;
    const slices = await Promise.all(
      LOGS.map(async (log) => {
        const slice: AuditSlice = { ...filters, ...boundOf(after, log.service), limit: per_page + 1 };
        const rows = await this.bus.call(log, slice, caller);
        return rows.map((row): Found => ({ row, at: row.position, service: log.service, id: row.id }));
      }),
    );
    const found = slices.flat().sort(newestFirst);
    const page = found.slice(0, per_page);
    const last = page.at(-1);
    const next = last && found.length > page.length ? cursorOf(last) : null;
    return { data: page.map(shown), meta: { per_page, next } };
  }
}

const newestFirst = (a: AuditPosition, b: AuditPosition): number =>
  b.at - a.at || SERVICES.indexOf(a.service) - SERVICES.indexOf(b.service) || b.id - a.id;

/** What comes after a position in one service's log; of its moment, all of a later service and none of an earlier one. */
function boundOf(after: AuditPosition | undefined, service: string): Pick<AuditSlice, 'before_at' | 'before_id'> {
  if (!after) return {};
  const order = SERVICES.indexOf(service) - SERVICES.indexOf(after.service);
  return { before_at: after.at, before_id: order === 0 ? after.id : order > 0 ? Number.MAX_SAFE_INTEGER : 0 };
}

function shown({ row, service }: Found): AuditTrailEntry {
  const { at, actor, user_id, action, subject, subject_id, before, after, request_id } = row;
  return { id: `${service}-${row.id}`, at, actor, user_id, action, subject, subject_id, before, after, request_id };
}
