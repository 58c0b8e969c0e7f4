import type { MigrationInterface, QueryRunner } from 'typeorm';

// As in apps/chargers/src/faults/faults.ts.
const FAULT = `case when lower(coalesce(error_code, '')) not in ('', 'noerror') then left(error_code, 100)
  when lower(status) = 'faulted' then 'OtherError' end`;

/** Finds the connectors whose fault, or its end, owners are to be told of. */
export class Faults1796072000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index connectors_untold on connectors (fault_told_at) where (${FAULT}) is distinct from fault`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index connectors_untold');
  }
}
