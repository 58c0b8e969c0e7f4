import { QUERY_TIMEOUT_MS } from '../connection/settings';
import { Injectable } from '@nestjs/common';
import { type Caller, changesOf, Refusal } from '@open-cpo/contracts';
import { Broadcast, type WriteRequest, type WriteResult, type WriteScope } from '@open-cpo/messaging';
import { ProcessConfig } from '@open-cpo/platform';
import { translate } from '../errors/translate';
import { Transactions } from '../transactions/transactions';
import { exemptFromRls, within } from '../rls/rls';
import { ReadReplica } from '../replicas/read-replica';
import { IdempotencyKey } from './idempotency-key';
import { IdempotencyStore } from './idempotency-store';
import { type Outcome, outcomeOf } from './outcome';

type Settled = Outcome & { readonly replayed: boolean };

/** Every write: its effect, its key, its audit entry and its events are one transaction, or none of them is. */
@Injectable()
export class TransactionalWrites implements WriteScope {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: IdempotencyStore,
    private readonly broadcast: Broadcast,
    private readonly config: ProcessConfig,
    private readonly replica: ReadReplica,
  ) {}

  async run(request: WriteRequest, work: () => Promise<Uint8Array>): Promise<WriteResult> {
    const settled = await this.within(request.caller, () => this.settle(request, work))
      .catch((error: unknown) => {
        throw translate(error) ?? error;
      })
      // Also after a failure: whether a commit whose answer was lost has happened is not known.
      .finally(() => this.tell(request));
    if ('refusal' in settled) throw settled.refusal;
    return { body: settled.body, replayed: settled.replayed };
  }

  /** Nothing but the rows of the caller's account is in sight. */
  within<T>({ identity }: Caller, work: () => T): T {
    return within(identity?.accountId, work);
  }

  /** As itself: following the account through every promise costs such a read more than its own work. */
  exemptFromRls<T>({ identity }: Caller, work: () => T): T {
    return this.config.nodeEnv === 'test' ? exemptFromRls(identity?.accountId, work) : work();
  }

  private tell({ operation, caller }: WriteRequest): void {
    if (!caller.identity) return;
    const { accountId } = caller.identity;
    // First: a cache that asks again is answered with what was written.
    this.replica.written(accountId);
    this.broadcast.publish(changesOf(serviceOf(operation.subject)), accountId, undefined);
  }

  private async settle({ operation, caller, body }: WriteRequest, work: () => Promise<Uint8Array>): Promise<Settled> {
    const options = { audit: actionsOf(operation) };
    if (!caller.idempotencyKey) return this.transactions.run(() => this.effect(caller, work), options);
    const key = new IdempotencyKey(operation.subject, caller, body);
    try {
      return await this.transactions.run(() => this.first(key, caller, work), options);
    } catch (error) {
      if (!this.store.isKnown(error)) throw error;
    }
    return this.transactions.run(async () => {
      const earlier = await this.store.claim(key);
      return earlier ? { ...earlier, replayed: true } : this.effect(caller, work, key);
    }, options);
  }

  /** With a key that is new, which PostgreSQL proves together with the first thing that it is asked. */
  private async first(key: IdempotencyKey, caller: Caller, work: () => Promise<Uint8Array>): Promise<Settled> {
    this.store.claimNew(key);
    try {
      return await this.effect(caller, work, key);
    } catch (error) {
      // Refused before anything was asked: what a known key says comes first.
      if (error instanceof Refusal) await this.transactions.sent().catch((why: unknown) => this.throwKnown(why));
      throw error;
    }
  }

  private throwKnown(error: unknown): void {
    if (this.store.isKnown(error)) throw error;
  }

  private async effect(caller: Caller, work: () => Promise<Uint8Array>, key?: IdempotencyKey): Promise<Settled> {
    const outcome = await outcomeOf(work);
    if ('body' in outcome) this.checkAudit();
    if (key) this.store.keep(key, outcome);
    // What goes with the commit may take as long as a query may: when that could be too long, it is waited for first.
    if (caller.deadline - Date.now() < QUERY_TIMEOUT_MS) await this.transactions.sent();
    inTime(caller);
    return { ...outcome, replayed: false };
  }

  private checkAudit(): void {
    const { actions, done } = this.transactions.auditDuty ?? { actions: [], done: true };
    if (!done) throw new Error(`The write has left no audit entry of ${actions.join(' or ')}.`);
  }
}

const actionsOf = ({ audit }: WriteRequest['operation']): readonly string[] =>
  typeof audit === 'string' ? [audit] : audit || [];

const serviceOf = (subject: string): string => subject.slice(0, subject.indexOf('.'));

/** The deadline has passed and the caller has got an error: the write is rolled back. */
function inTime({ deadline }: Caller): void {
  if (Date.now() > deadline) throw new Refusal('deadline_exceeded');
}
