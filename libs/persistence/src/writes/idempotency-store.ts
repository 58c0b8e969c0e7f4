import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Transactions } from '../transactions/transactions';
import type { IdempotencyKey } from './idempotency-key';
import { type Outcome, pack, unpack } from './outcome';

interface Found {
  readonly locked: boolean;
  readonly body_mac: Buffer | null;
  readonly answer: Buffer | null;
}

// The lock is asked for, not waited for: a repetition of a request that still runs is refused at once.
const CLAIM = `
  select c.locked, k.body_mac, k.answer
  from (select pg_try_advisory_xact_lock($1::bigint) as locked) c
  left join idempotency_keys k on k.id = $2 and k.created_at > now() - interval '24 hours'`;

const KEEP = `
  insert into idempotency_keys as k (id, body_mac, answer) values ($1, $2, $3)
  on conflict (id) do update set body_mac = excluded.body_mac, answer = excluded.answer, created_at = now()
  where k.created_at <= now() - interval '24 hours'
  returning 1`;

/** The answers given to keyed requests, kept for 24 hours in the transaction of their effect. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly transactions: Transactions) {}

  /**
   * The earlier outcome of the same request, if there is one. From here to the end of the transaction the key is ours.
   * @throws Refusal `idempotency_in_flight`, `idempotency_mismatch`
   */
  async claim(key: IdempotencyKey): Promise<Outcome | undefined> {
    const found = await this.transactions.first<Found>(CLAIM, [key.lock, key.id], 'idempotency.claim');
    if (!found?.locked) throw new Refusal('idempotency_in_flight');
    if (!found.body_mac || !found.answer) return undefined;
    if (!key.bodyMac.equals(found.body_mac)) throw new Refusal('idempotency_mismatch');
    return unpack(key.unseal(found.answer));
  }

  /** @throws Refusal `idempotency_in_flight` when the same request was finished since we looked */
  async keep(key: IdempotencyKey, outcome: Outcome): Promise<void> {
    const params = [key.id, key.bodyMac, key.seal(pack(outcome))];
    const kept = await this.transactions.query(KEEP, params, 'idempotency.keep');
    // We saw the table as it was before we had the lock; its last owner committed in between.
    if (kept.length === 0) throw new Refusal('idempotency_in_flight');
  }
}
