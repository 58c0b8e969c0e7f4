import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { Changes, type WriteRequest, type WriteResult, type WriteScope } from '@open-cpo/messaging';
import { ProcessConfig } from '@open-cpo/platform';
import { translate } from '../errors/translate';
import { Transactions } from '../transactions/transactions';
import { exemptFromRls, within } from '../rls/rls';
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
    private readonly changes: Changes,
    private readonly config: ProcessConfig,
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
    if (caller.identity) this.changes.tell(serviceOf(operation.subject), caller.identity.accountId);
  }

  private settle({ operation, caller, body }: WriteRequest, work: () => Promise<Uint8Array>): Promise<Settled> {
    const key = caller.idempotencyKey ? new IdempotencyKey(operation.subject, caller, body) : undefined;
    return this.transactions.run(async () => {
      const earlier = key && (await this.store.claim(key));
      if (earlier) return { ...earlier, replayed: true };
      const outcome = await outcomeOf(work);
      if (key) await this.store.keep(key, outcome);
      inTime(caller);
      return { ...outcome, replayed: false };
    });
  }
}

const serviceOf = (subject: string): string => subject.slice(0, subject.indexOf('.'));

/** The deadline has passed and the caller has got an error: the write is rolled back. */
function inTime({ deadline }: Caller): void {
  if (Date.now() > deadline) throw new Refusal('deadline_exceeded');
}
