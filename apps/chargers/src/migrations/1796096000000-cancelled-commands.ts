import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATES = `'queued', 'sent', 'accepted', 'rejected', 'failed', 'timed_out', 'not_connected'`;

const constrained = (states: string): string =>
  `alter table commands drop constraint commands_state_check,
    add constraint commands_state_check check (state in (${states})) not valid`;

/** Commands that were withdrawn before they had an effect. */
export class CancelledCommands1796096000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(constrained(`${STATES}, 'cancelled'`));
    await runner.query('alter table commands validate constraint commands_state_check');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update commands set state = 'failed', error = 'It was cancelled.' where state = 'cancelled'`);
    await runner.query(constrained(STATES));
    await runner.query('alter table commands validate constraint commands_state_check');
  }
}
