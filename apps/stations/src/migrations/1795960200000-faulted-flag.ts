import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connectors that are out of order count neither as free nor as taken. */
export class FaultedFlag1795960200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points add column faulted boolean not null default false');
    await runner.query(`
      update charge_points c set busy = t.busy, reserved = t.taken and not t.busy, faulted = t.faulted
      from (
        select charge_point_id,
          coalesce(bool_and(status = 'busy') filter (where status <> 'unavailable'), false) as busy,
          coalesce(bool_and(status in ('busy', 'booked')) filter (where status <> 'unavailable'), false) as taken,
          bool_and(status = 'unavailable') as faulted
        from charge_point_connectors group by charge_point_id
      ) t
      where c.id = t.charge_point_id and 'unavailable' in
        (select m.status from charge_point_connectors m where m.charge_point_id = c.id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points drop column faulted');
  }
}
