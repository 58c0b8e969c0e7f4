import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AMENITIES } from '../catalogues/amenities';
import { CHARGER_TYPES } from '../catalogues/charger-types';
import { CONNECTORS } from '../catalogues/connectors';

const UP = [
  `create table connector_types (
    id integer primary key,
    name text not null,
    icon text not null,
    type text not null,
    max_power double precision not null
  )`,
  `create table charger_types (
    id integer primary key,
    name text not null,
    img text not null,
    current_type text not null,
    max_power double precision not null
  )`,
  `create table amenities (
    id integer primary key,
    name text not null,
    icon text,
    description text
  )`,
];

const FILL: readonly (readonly [table: string, columns: string, rows: readonly object[]])[] = [
  ['connector_types', 'id, name, icon, type, max_power', CONNECTORS],
  ['charger_types', 'id, name, img, current_type, max_power', CHARGER_TYPES],
  ['amenities', 'id, name, icon, description', AMENITIES],
];

/** What power centers are described with; a later entry comes with a later migration. */
export class Catalogues1763845300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const [table, columns, rows] of FILL) {
      const from = `json_populate_recordset(null::${table}, $1::json)`;
      await runner.query(`insert into ${table} (${columns}) select ${columns} from ${from}`, [JSON.stringify(rows)]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table amenities, charger_types, connector_types');
  }
}
