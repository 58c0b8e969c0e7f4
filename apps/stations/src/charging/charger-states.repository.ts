import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { KnownCharger, KnownConnector, Report } from './reports';

/** In the order of their ids, so that there are no deadlocks. */
export const HOLD = `select id, account_id, token, connected, configured, connection_at from charge_points
  where (id = any($1::int[]) or token = any($2::text[])) and deleted_at is null order by id for update`;

const CONNECTORS = `select id, charge_point_id, number, status, status_at from charge_point_connectors
  where charge_point_id = any($1::int[]) order by id`;

const CONNECT = `update charge_points c
  set connected = t.connected, configured = t.configured, connection_at = t.connection_at
  from json_to_recordset($1) as t (id int, connected boolean, configured boolean, connection_at timestamptz)
  where c.id = t.id`;

const STATUS = `update charge_point_connectors m set status = t.status, status_at = t.status_at
  from json_to_recordset($1) as t (id int, status text, status_at timestamptz) where m.id = t.id`;

/** What chargers say, one statement for all of a batch. */
@Injectable()
export class ChargerStatesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** The live power centers that are spoken of. */
  hold(reports: readonly Report[]): Promise<KnownCharger[]> {
    const ids = [...new Set(reports.flatMap(({ id }) => id ?? []))];
    const tokens = [...new Set(reports.flatMap(({ token }) => token ?? []))];
    return this.transactions.query<KnownCharger>(HOLD, [ids, tokens], 'chargers.hold');
  }

  connectors(chargePointIds: readonly number[]): Promise<KnownConnector[]> {
    return this.transactions.query<KnownConnector>(CONNECTORS, [chargePointIds], 'chargers.connectors');
  }

  async connect(rows: readonly KnownCharger[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(CONNECT, [JSON.stringify(rows)], 'chargers.connect');
  }

  async setStatus(rows: readonly KnownConnector[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(STATUS, [JSON.stringify(rows)], 'chargers.status');
  }
}
