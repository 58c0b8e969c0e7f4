import type { ClientBase } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';

export type AfterCommit = () => Promise<void> | void;

/** One transaction under way. */
export interface Scope {
  readonly runner: QueryRunner;
  readonly manager: EntityManager;
  readonly client: ClientBase;
  readonly afterCommit: AfterCommit[];
  /** Whether it can see and change the rows of one account alone. */
  readonly underRls: boolean;
}
