import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { driverError, sqlState } from '../errors/sql-state';
import { Transactions } from '../transactions/transactions';
import type { IdempotencyKey } from './idempotency-key';
import { type Outcome, pack, unpack } from './outcome';

interface Found {
  readonly body_mac: Buffer;
  readonly answer: Buffer;
}

// The lock is asked for, not waited for: a repetition of a request that still runs is refused at once.
const LOCK = 'select pg_try_advisory_xact_lock($1::bigint) as locked';

// A statement of its own, which sees what the last owner of the lock has committed.
const FIND = `
  select body_mac, answer from idempotency_keys where id = $1 and created_at > now() - interval '24 hours'`;

// The same for a key that is new, as almost all are: they go with the first statement of the write, and fail together with
// it where the key is known. PostgreSQL has no way to raise an error in SQL but a division.
const LOCK_NEW = 'select 1 / pg_try_advisory_xact_lock($1::bigint)::int as "the Idempotency-Key is free"';
const FIND_NEW = `
  select 1 / (not exists (
    select from idempotency_keys where id = $1 and created_at > now() - interval '24 hours'
  ))::int as "the Idempotency-Key is new"`;
const DIVISION_BY_ZERO = '22012';
const NEW_NAMES = new Set(['idempotency.lock-new', 'idempotency.find-new'].flatMap((name) => [name, `rls:${name}`]));

// An answer that is not old is never replaced; a null is refused, and with it the transaction.
const KEEP = `
  insert into idempotency_keys as k (id, body_mac, answer) values ($1, $2, $3)
  on conflict (id) do update set answer = excluded.answer, created_at = now(),
    body_mac = case when k.created_at <= now() - interval '24 hours' then excluded.body_mac end`;

/** The answers given to keyed requests, kept for 24 hours in the transaction of their effect. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly transactions: Transactions) {}

  /** Claims a key that should be new, with the first statement of the transaction, whose error then `isKnown`. */
  claimNew(key: IdempotencyKey): void {
    this.transactions.post(LOCK_NEW, [key.lock], 'idempotency.lock-new');
    this.transactions.post(FIND_NEW, [key.id], 'idempotency.find-new');
  }

  /** Whether a transaction failed because its key is not new, or is held by another one. */
  isKnown(error: unknown): boolean {
    const { statement } = (driverError(error) ?? {}) as { readonly statement?: string };
    return sqlState(error) === DIVISION_BY_ZERO && statement !== undefined && NEW_NAMES.has(statement);
  }

  /**
   * The earlier outcome of the same request, if there is one. From here to the end of the transaction the key is ours.
   * @throws Refusal `idempotency_in_flight`, `idempotency_mismatch`
   */
  async claim(key: IdempotencyKey): Promise<Outcome | undefined> {
    const [lock, earlier] = await this.transactions.together([
      { name: 'idempotency.lock', text: LOCK, values: [key.lock] },
      { name: 'idempotency.find', text: FIND, values: [key.id] },
    ]);
    const [{ locked } = { locked: false }] = (lock?.rows ?? []) as { locked: boolean }[];
    if (!locked) throw new Refusal('idempotency_in_flight');
    const [found] = (earlier?.rows ?? []) as Found[];
    if (!found) return undefined;
    if (!key.bodyMac.equals(found.body_mac)) throw new Refusal('idempotency_mismatch');
    return unpack(key.unseal(found.answer));
  }

  /** In the transaction of its effect, with its commit. */
  keep(key: IdempotencyKey, outcome: Outcome): void {
    this.transactions.post(KEEP, [key.id, key.bodyMac, key.seal(pack(outcome))], 'idempotency.keep');
  }
}
