import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type Caller,
  EXPORT_KINDS,
  exportEnded,
  type ExportFormat,
  type ExportKind,
  type ExportWritten,
  LARGE_EXPORT,
  may,
  ownerOf,
  Refusal,
  type UserSnapshot,
  writeExport,
  writeLargeExport,
} from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import { Outbox } from '../outbox/outbox';
import { type Param, Transactions } from '../transactions/transactions';
import { type ExportRequest, sameness } from './export-request';
import * as sql from './exports.queries';

/** Exports that an account can have waiting at a time, and ask for within an hour. */
const MOST_WAITING = 5;
const MOST_AN_HOUR = 60;
/** Bytes of an account's files that lie in the store. */
const MOST_STORED = 1024 * 1024 * 1024;
/** Seconds after which it is worth asking again. */
const STORE_FULL_RETRY_S = 3600;

/** Who a user is by now, as far as exports depend on it. */
export type ExportingUser = Pick<UserSnapshot, 'userId' | 'accountId' | 'role' | 'active'>;

interface Busy {
  readonly open?: number;
  readonly recent?: number;
  readonly stored?: number;
}

export interface NewExport {
  readonly kind: ExportKind;
  readonly format: ExportFormat;
  /** Rows. */
  readonly estimate: number;
  /** Nobody joins somebody else's. */
  readonly personal?: true;
}

/** The rows that ask for exports. They are the truth; what is in a queue can be lost and comes back from them. */
@Injectable()
export class ExportRequests {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly broadcast: Broadcast,
  ) {}

  /** @throws Refusal `too_many_requests` */
  async start({ kind, format, estimate, personal }: NewExport, caller: Caller): Promise<ExportRequest> {
    const { accountId, userId } = ownerOf(caller);
    await this.transactions.query(sql.LOCK, [accountId]);
    const same = sameness(caller, kind, format);
    const joined = await this.first(personal ? sql.JOIN_OWN : sql.JOIN, [...same, userId]);
    if (joined) return joined;
    await this.refuseFlood(accountId);
    const added = await this.first(sql.ADD, [`${kind}-${randomUUID()}`, ...same, userId, estimate]);
    await this.handOver(accountId);
    return added ?? Promise.reject(new Error('an insert returned nothing'));
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async asked(id: string, kind: ExportKind, caller: Caller): Promise<ExportRequest> {
    return belonging(await this.transactions.firstAcrossAccounts(sql.ONE, [id]), kind, caller);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async cancel(id: string, kind: ExportKind, caller: Caller): Promise<void> {
    await this.first(sql.LOCK_OF, [id]);
    const found = belonging(await this.transactions.firstAcrossAccounts(sql.ONE_FOR_CHANGE, [id]), kind, caller);
    if (found.requested_by.length > 1) {
      await this.first(sql.LEAVE, [id, ownerOf(caller).userId]);
      return;
    }
    await this.first(sql.CANCEL, [id]);
    this.publishEnd(id);
    await this.handOver(found.account_id);
  }

  begin(id: string, run: string): Promise<ExportRequest> {
    return this.still(sql.BEGIN, [id, run]);
  }

  running(id: string, run: string): Promise<ExportRequest> {
    return this.still(sql.RUNNING, [id, run]);
  }

  async heard(id: string, run: string, rows: number): Promise<void> {
    await this.still(sql.HEARD, [id, run, rows]);
  }

  finished({ exportId, run, rows, object, size, digest }: ExportWritten): Promise<void> {
    return this.end(exportId, sql.FINISH, [exportId, run, rows, object, size, digest]);
  }

  failed(id: string, run: string, reason: string): Promise<void> {
    return this.end(id, sql.FAIL, [id, run, reason]);
  }

  /**
   * Takes from a user what was made, or is being made, of kinds that they may not export any more: all of them once they
   * are removed or their account is locked. What no other user has asked for is cancelled, which its worker learns within
   * a second.
   */
  async withdraw({ userId, accountId, role, active }: ExportingUser): Promise<void> {
    // Personal data is the user's own, whatever they may; it goes with the user.
    const isWithdrawn = (kind: ExportKind): boolean => kind !== 'personal-data' && !may(role, `${kind}.export`);
    const kinds = EXPORT_KINDS.filter((kind) => !active || isWithdrawn(kind));
    if (kinds.length === 0) return;
    await this.transactions.run(async () => {
      await this.transactions.query(sql.LOCK, [accountId]);
      const withdrawn = await this.transactions.query<ExportRequest>(sql.WITHDRAWN, [userId, kinds, accountId]);
      const cancelled = withdrawn.filter(({ status }) => status === 'cancelled');
      cancelled.forEach(({ id }) => this.publishEnd(id));
      if (cancelled.length > 0) await this.handOver(accountId);
    });
  }

  /** Enqueues again what the queues have lost, and gives up what could not be written. Returns how many were enqueued. */
  async tidy(): Promise<number> {
    const back = await this.transactions.run(async () => {
      const silent = await this.transactions.query<ExportRequest>(sql.SILENT);
      for (const request of silent) await this.enqueue(request);
      return silent.length;
    });
    for (const { id } of await this.transactions.query<{ id: string }>(sql.EXHAUSTED_RETRIES)) {
      await this.transactions.run(() => this.end(id, sql.GIVE_UP, [id]).catch(notFoundIsFine));
    }
    await this.transactions.query(sql.FORGET);
    return back;
  }

  /** Whatever ends an export lets the next one begin. */
  private async end(id: string, text: string, params: readonly Param[]): Promise<void> {
    await this.first(sql.LOCK_OF, [id]);
    const { account_id } = await this.still(text, params);
    this.publishEnd(id);
    await this.handOver(account_id);
  }

  /** For requests that wait for it. */
  private publishEnd(exportId: string): void {
    this.transactions.afterCommit(() => this.broadcast.publish(exportEnded, exportId, { exportId }));
  }

  private async refuseFlood(accountId: number): Promise<void> {
    const { open = 0, recent = 0, stored = 0 } = (await this.transactions.first<Busy>(sql.BUSY, [accountId])) ?? {};
    if (open >= MOST_WAITING || recent >= MOST_AN_HOUR) throw new Refusal('too_many_requests');
    if (stored >= MOST_STORED) throw new Refusal('too_many_requests', { retryAfter: STORE_FULL_RETRY_S });
  }

  /** Gives the next one of this account to the workers, if it is its turn. */
  private async handOver(accountId: number): Promise<void> {
    const next = await this.first(sql.NEXT, [accountId]);
    if (next) await this.enqueue(next);
  }

  private enqueue({ id, estimate }: ExportRequest): Promise<void> {
    const job = estimate > LARGE_EXPORT ? writeLargeExport : writeExport;
    return this.outbox.job(job, id, { exportId: id });
  }

  private async still(text: string, params: readonly Param[]): Promise<ExportRequest> {
    return (await this.first(text, params)) ?? Promise.reject(new Refusal('not_found'));
  }

  private first(text: string, params: readonly Param[]): Promise<ExportRequest | undefined> {
    return this.transactions.first<ExportRequest>(text, params);
  }
}

const notFoundIsFine = (error: unknown): void => {
  if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
};

function belonging(found: ExportRequest | undefined, kind: ExportKind, caller: Caller): ExportRequest {
  const { accountId, userId } = ownerOf(caller);
  if (!found || found.kind !== kind) throw new Refusal('not_found');
  if (found.account_id !== accountId || !found.requested_by.includes(userId)) throw new Refusal('forbidden');
  return found;
}
