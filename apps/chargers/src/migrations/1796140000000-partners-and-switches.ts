import type { MigrationInterface, QueryRunner } from 'typeorm';

const allowing = (policies: string): readonly string[] => [
  'alter table chargers drop constraint chargers_policy_check',
  `alter table chargers add constraint chargers_policy_check check (policy in (${policies})) not valid`,
];

/** Cards that a partner is asked about; what is different about a charger. */
export class PartnersAndSwitches1796140000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of allowing(`'workers', 'anybody', 'partner'`)) await runner.query(statement);
    await runner.query(`
      alter table chargers add column server_pings boolean not null default true,
        add column compression boolean not null default true, add column register_factor int not null default 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table chargers drop column server_pings, drop column compression, drop column register_factor',
    );
    await runner.query(`update chargers set policy = 'workers' where policy = 'partner'`);
    for (const statement of allowing(`'workers', 'anybody'`)) await runner.query(statement);
  }
}
