import type { ClientBase } from 'pg';
import type { EntityManager, QueryRunner } from 'typeorm';
import type { Posted } from './posted';

export type AfterCommit = () => Promise<void> | void;

/** What a write leaves in the audit log: one of the actions that it declares. */
export interface AuditDuty {
  readonly actions: readonly string[];
  /** Whether an entry with one of them is written, or none is needed. */
  done: boolean;
}

/** One transaction under way. */
export interface Scope {
  readonly runner: QueryRunner;
  readonly manager: EntityManager;
  readonly client: ClientBase;
  /** What has still to be sent: the beginning of the transaction, and statements whose results are not awaited. */
  readonly posted: Posted;
  readonly afterCommit: AfterCommit[];
  /** Whether it can see and change the rows of one account alone. */
  readonly underRls: boolean;
  /** Of a write. */
  readonly audit?: AuditDuty;
}
