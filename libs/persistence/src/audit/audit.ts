import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { Transactions } from '../transactions/transactions';
import { commitmentTo, PERSONAL_FIELDS } from './audit-personal';

/** One change as the audit log keeps it. */
export interface AuditEntry {
  /** What was done: `power-centers.update`. Absent: the one action that the operation declares. */
  readonly action?: string;
  /** The kind of thing that it was done to: `charge-point`. */
  readonly subject: string;
  readonly id: number | string;
  /** Whose account (and self) it concerns, where no user of it is logged in: at a login, a reset, an operator's command. */
  readonly of?: { readonly id?: number; readonly accountId: number };
  /** Absent for a creation. Secrets stay out. */
  readonly before?: object | null;
  /** Absent for a removal. Secrets stay out. */
  readonly after?: object | null;
}

const WRITE = `
  insert into audit_log (account_id, user_id, request_id, action, subject, subject_id, before, after)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

const commitment = (text: string): string => `case when ${text} is null then null
  else jsonb_build_object('personal', ${commitmentTo('$9', text)}) end`;
const part = (given: string, text: string): string =>
  `nullif(coalesce(${given}::jsonb, '{}') || coalesce(${commitment(text)}, '{}'), '{}')`;
const WRITE_PERSONAL = `
  with entry as (
    insert into audit_log (account_id, user_id, request_id, action, subject, subject_id, before, after)
    values ($1, $2, $3, $4, $5, $6, ${part('$7', '$10::text')}, ${part('$8', '$11::text')}) returning id)
  insert into audit_personal (entry_id, account_id, subject, subject_id, salt, before, after)
  select id, $1, $5, $6, $9, $10, $11 from entry`;

const json = (value: object | null | undefined): string | null => (value ? JSON.stringify(value) : null);

const SALT_BYTES = 32;

/** Who changed what, before and after. The table takes new rows only; personal fields are kept beside it. */
@Injectable()
export class Audit {
  constructor(private readonly transactions: Transactions) {}

  /** Part of the current transaction: no change without its entry, no entry without its change. */
  async write({ action: given, subject, id, of, before, after }: AuditEntry, caller: Caller): Promise<void> {
    if (!this.transactions.active) throw new Error('An audit entry belongs into the transaction of its change.');
    const action = this.recorded(given);
    const { accountId = null, userId = null } = caller.identity ?? { accountId: of?.accountId, userId: of?.id };
    // Also where the caller is not known yet, or writes to another account: its reads have to see what it did.
    if (accountId !== null) this.transactions.shownAtOnce(accountId);
    const [was, is] = [split(subject, before), split(subject, after)];
    const params = [accountId, userId, caller.requestId, action, subject, String(id), json(was.rest), json(is.rest)];
    if (!was.personal && !is.personal) return this.transactions.post(WRITE, params, 'audit.write');
    const personal = [randomBytes(SALT_BYTES), json(was.personal), json(is.personal)];
    this.transactions.post(WRITE_PERSONAL, [...params, ...personal], 'audit.write-personal');
  }

  /** Says that a write did not do what its declared entry would tell. Without entry and without this it is not committed. */
  unchanged(): void {
    const duty = this.transactions.auditDuty;
    if (duty) duty.done = true;
  }

  private recorded(given: string | undefined): string {
    const duty = this.transactions.auditDuty;
    const action = given ?? (duty?.actions.length === 1 ? duty.actions[0] : undefined);
    if (action === undefined)
      throw new Error('An audit entry names its action, unless its operation declares exactly one.');
    if (duty?.actions.includes(action)) duty.done = true;
    return action;
  }
}

interface Split {
  readonly rest?: object | null;
  readonly personal?: object;
}

/** What identifies a person, and the rest. */
function split(subject: string, value: object | null | undefined): Split {
  const fields = PERSONAL_FIELDS[subject];
  if (!fields || !value) return { rest: value };
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  const [personal, rest] = [true, false].map((wanted) => entries.filter(([key]) => fields.includes(key) === wanted));
  if (!personal?.length) return { rest: value };
  return { rest: rest?.length ? Object.fromEntries(rest) : null, personal: Object.fromEntries(personal) };
}
