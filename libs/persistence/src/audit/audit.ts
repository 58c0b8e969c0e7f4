import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { Transactions } from '../transactions/transactions';

/** One change as the audit log keeps it. */
export interface AuditEntry {
  /** What was done: `power-centers.update`. */
  readonly action: string;
  /** The kind of thing that it was done to: `charge-point`. */
  readonly subject: string;
  readonly id: number | string;
  /** Absent for a creation. Secrets stay out. */
  readonly before?: object | null;
  /** Absent for a removal. Secrets stay out. */
  readonly after?: object | null;
}

const WRITE = `
  insert into audit_log (account_id, user_id, request_id, action, subject, subject_id, before, after)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

const json = (value: object | null | undefined): string | null => (value ? JSON.stringify(value) : null);

/** Who changed what, before and after. The table takes new rows only. */
@Injectable()
export class Audit {
  constructor(private readonly transactions: Transactions) {}

  /** Part of the current transaction: no change without its entry, no entry without its change. */
  async write({ action, subject, id, before, after }: AuditEntry, caller: Caller): Promise<void> {
    if (!this.transactions.active) throw new Error('An audit entry belongs into the transaction of its change.');
    const { accountId = null, userId = null } = caller.identity ?? {};
    const params = [accountId, userId, caller.requestId, action, subject, String(id), json(before), json(after)];
    await this.transactions.query(WRITE, params, 'audit.write');
  }
}
