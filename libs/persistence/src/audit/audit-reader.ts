import { Controller, type Type } from '@nestjs/common';
import { type AuditRow, type AuditSlice, auditOf, type Caller, type HandlersOf, ownerOf } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { type Param, Transactions } from '../transactions/transactions';

// Microseconds as integers: as `timestamptz` has them, and exact as numbers of JavaScript until the year 2255.
const MOMENT = `timestamptz 'epoch' + $# * interval '1 microsecond'`;

/** SQL of each filter, with `$#` for its value. */
const FILTERS = {
  user_id: 'a.user_id = $#',
  action: 'a.action = $#',
  subject: 'a.subject = $#',
  subject_id: 'a.subject_id = $#',
  from: 'a.at >= $#',
  to: 'a.at < $#',
} as const satisfies Partial<Record<keyof AuditSlice, string>>;

// `by` is the name of an operator: a person of the platform's staff, whom owners do not see.
const SELECT = `
  select a.id::float8 as id, (extract(epoch from a.at) * 1000000)::float8 as position,
    to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
    case when a.user_id is not null then 'user' when a.after ? 'by' then 'operator' else 'system' end as actor,
    a.user_id, a.action, a.subject, a.subject_id, a.before, a.after - 'by' as after, a.request_id
  from audit_entries a`;

interface Statement {
  readonly text: string;
  readonly params: readonly Param[];
}

/** Only the filters that are asked for are in the statement, so that PostgreSQL takes the index that fits them. */
export function auditStatement(slice: AuditSlice, accountId: number): Statement {
  const params: Param[] = [accountId];
  const conditions = ['a.account_id = $1'];
  const add = (sql: string, ...values: Param[]): void => {
    const filled = values.reduce<string>((text, value) => text.replace('$#', `$${params.push(value)}`), sql);
    conditions.push(filled);
  };
  for (const [name, sql] of Object.entries(FILTERS)) {
    const value = slice[name as keyof typeof FILTERS];
    if (value !== undefined && value !== null) add(sql, value);
  }
  if (typeof slice.before_at === 'number') {
    add(`(a.at, a.id) < (${MOMENT}, $#::bigint)`, slice.before_at, slice.before_id ?? 0);
  }
  const limit = `$${params.push(slice.limit)}`;
  const text = `${SELECT} where ${conditions.join(' and ')} order by a.at desc, a.id desc limit ${limit}`;
  return { text, params };
}

/** The handler of a service's `auditOf(service)`, for its controllers. */
export function auditReader(service: string, operations = auditOf(service)): Type {
  @Controller()
  class AuditReader implements HandlersOf<typeof operations> {
    constructor(readonly transactions: Transactions) {}

    @Handles(operations.slice)
    slice(input: AuditSlice, caller: Caller): Promise<AuditRow[]> {
      const { text, params } = auditStatement(input, ownerOf(caller).accountId);
      return this.transactions.query<AuditRow>(text, params);
    }
  }
  return AuditReader;
}
