import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PEOPLE } from './identity/people';
import { PROOFS } from './identity/proofs';

/** Accounts and people, how they prove who they are, and what they are told. */
export class Identity1700000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...PEOPLE, ...PROOFS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table emails, signing_keys, revocations, sessions, verifications, registrations, devices, users, accounts',
    );
  }
}
