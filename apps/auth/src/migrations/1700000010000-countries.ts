import type { MigrationInterface, QueryRunner } from 'typeorm';
import { COUNTRIES } from '../countries/fixture/countries';

/** Countries with the ids that the API documents; a later change of the fixture needs a migration of its own. */
export class Countries1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table countries (
        id integer not null constraint countries_pkey primary key,
        name text not null,
        iso text not null constraint countries_iso_key unique,
        time_zone text not null,
        latitude text not null,
        longitude text not null,
        phone_code text not null,
        contact_number text not null,
        email text not null,
        currency text not null,
        currency_iso text
      )`);
    await runner.query('insert into countries select * from json_populate_recordset(null::countries, $1)', [
      JSON.stringify(COUNTRIES),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table countries');
  }
}
