import { type RlsRule, RlsTables } from '@open-cpo/persistence';
import type { QueryRunner } from 'typeorm';

/** Which power centers charging back ends serve, as stations tells. */
export class BackEnds1795999557284 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { back_end_grants: { callers: 'none' } };

  override async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table back_end_grants (
      back_end text not null,
      account_id integer,
      charge_point_id integer,
      constraint back_end_grants_account unique (back_end, account_id),
      constraint back_end_grants_charge_point unique (back_end, charge_point_id)
    )`);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table back_end_grants');
  }
}
