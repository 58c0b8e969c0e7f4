import type { AnyOperation, Caller } from '@open-cpo/contracts';

/** A write as it came: the raw bytes decide whether a repeated key means the same request. */
export interface WriteRequest {
  readonly operation: Pick<AnyOperation, 'subject' | 'audit'>;
  readonly caller: Caller;
  readonly body: Uint8Array;
}

export interface WriteResult {
  readonly body: Uint8Array;
  /** The answer of an earlier request with the same `Idempotency-Key`. */
  readonly replayed: boolean;
}

export interface WriteScope {
  /** Runs a write: one transaction for its effect, its idempotency key, its audit entry and its events. */
  run(request: WriteRequest, work: () => Promise<Uint8Array>): Promise<WriteResult>;
  /** Runs what reads, with nothing but the rows of the caller's account in sight. */
  within<T>(caller: Caller, work: () => T): T;
  /** Runs a read that says of itself that no wall would stand behind anything it asks. */
  exemptFromRls<T>(caller: Caller, work: () => T): T;
}

/** What a service with a database provides. */
export const WRITE_SCOPE = Symbol('open-cpo:write-scope');
