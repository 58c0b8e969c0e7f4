import { Injectable } from '@nestjs/common';
import { chargerUnknown, connectorUnknown, type UnknownReport } from '@open-cpo/contracts';
import { Outbox, type PendingEvent, Transactions } from '@open-cpo/persistence';
import type { KnownCharger, Report } from './reports';

/** Kept of one back end, at most: who says anything cannot fill the database. */
const MAX_REPORTS = 1000;
const PAGE = 100;
/** In place of a connector's number: the charger itself is not known. */
const CHARGER = -1;

const FORGET = `delete from unknown_reports where last_at < now() - interval '30 days'`;

/**
 * Whose it would be: of a power center that was removed its owner; of a back end that serves one account that account.
 * The owner is notified when it is new, and again when it goes on a day later.
 */
const KEEP = `
  with reported as (
    select t.*, coalesce(t.known_account,
      (select c.account_id from charge_points c where (c.id = t.charge_point_id or c.token = t.token)
        and (t.back_end = '' or exists (select from back_end_grants g
          where g.back_end = t.back_end and (g.charge_point_id = c.id or g.account_id = c.account_id))) limit 1),
      (select min(g.account_id) from back_end_grants g where g.back_end = t.back_end having count(*) = 1)) as account_id
    from json_to_recordset($1) as t (back_end text, named text, token text, charge_point_id int, connector_number int,
      known_account int, reports int, last_at timestamptz)
  ), kept as (
    insert into unknown_reports as u
      (back_end, named, connector_number, account_id, charge_point_id, reports, last_at)
    select back_end, named, connector_number, account_id, case when known_account is null then null else charge_point_id end,
      reports, last_at
    from reported t where (select count(*) from unknown_reports o where o.back_end = t.back_end) < ${MAX_REPORTS}
      or exists (select from unknown_reports o where o.back_end = t.back_end and o.named = t.named
        and o.connector_number = t.connector_number)
    order by back_end, named, connector_number
    on conflict (back_end, named, connector_number) do update set
      reports = least(u.reports::bigint + excluded.reports, 2000000000)::int, account_id = excluded.account_id,
      charge_point_id = excluded.charge_point_id, last_at = greatest(u.last_at, excluded.last_at),
      told_at = case when u.told_at < now() - interval '1 day' then now() else u.told_at end
    returning back_end, named, connector_number, account_id, told_at
  )
  select t.token, t.charge_point_id, k.connector_number, k.account_id, t.last_at
  from kept k join reported t using (back_end, named, connector_number)
  where k.told_at = now() and k.account_id is not null`;

const stamp = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const LIST = `select id, back_end, named, nullif(connector_number, ${CHARGER}) as connector_number, account_id,
    charge_point_id, reports, ${stamp('first_at')} as first_at, ${stamp('last_at')} as last_at
  from unknown_reports where id > $2 and ($1::int is null or account_id = $1) order by id limit ${PAGE}`;

/** A report of a power center that there is not, or of a connector that its power center does not have. */
export interface UnknownOne {
  readonly report: Report;
  readonly charger?: KnownCharger;
}

interface Row {
  readonly back_end: string;
  readonly named: string;
  readonly token: string | null;
  readonly charge_point_id: number | null;
  readonly connector_number: number;
  readonly known_account: number | null;
  readonly reports: number;
  readonly last_at: Date;
}

type ToTell = Pick<Row, 'token' | 'charge_point_id' | 'connector_number' | 'last_at'> & { readonly account_id: number };

/** A retry cannot repair such a report: it is kept for operators, and its owner is notified. */
@Injectable()
export class UnknownReports {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  list(accountId: number | null, after: number): Promise<UnknownReport[]> {
    return this.transactions.query<UnknownReport>(LIST, [accountId, after]);
  }

  async keep(unknown: readonly UnknownOne[]): Promise<void> {
    const rows = rowsOf(unknown);
    if (rows.length === 0) return;
    await this.transactions.query(FORGET, [], 'unknown-reports.forget');
    const news = await this.transactions.query<ToTell>(KEEP, [JSON.stringify(rows)], 'unknown-reports.keep');
    await this.outbox.publishAll(news.map(toldOf));
  }
}

const keyOf = ({ back_end, named, connector_number }: Row): string => `${back_end} ${connector_number} ${named}`;

function rowsOf(unknown: readonly UnknownOne[]): Row[] {
  const rows = new Map<string, Row>();
  for (const row of unknown.map(rowOf)) {
    const { reports = 0 } = rows.get(keyOf(row)) ?? {};
    rows.set(keyOf(row), { ...row, reports: reports + 1 });
  }
  return [...rows.values()];
}

function rowOf({ report, charger }: UnknownOne): Row {
  const { backEnd: back_end = '', id, token, at: last_at, said } = report;
  const about = { back_end, reports: 1, last_at };
  if (charger && 'number' in said) {
    const { id: charge_point_id, account_id: known_account } = charger;
    const of = { named: String(charge_point_id), token: charger.token, charge_point_id, known_account };
    return { ...about, ...of, connector_number: said.number };
  }
  const nobodys = { token, charge_point_id: id, known_account: null };
  return { ...about, ...nobodys, named: String(token ?? id), connector_number: CHARGER };
}

function toldOf({ token, charge_point_id, connector_number, account_id, last_at }: ToTell): PendingEvent {
  const reported_at = last_at.toISOString();
  if (connector_number === CHARGER || charge_point_id === null) {
    const payload = { account_id, token, charge_point_id, reported_at };
    return { domainEvent: chargerUnknown, aggregateId: `account-${account_id}`, payload };
  }
  const payload = { id: charge_point_id, account_id, connector_number, reported_at };
  return { domainEvent: connectorUnknown, aggregateId: charge_point_id, payload };
}
