import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Log, Metrics } from '@open-cpo/platform';
import { translate } from '../errors/translate';
import { Transactions } from '../transactions/transactions';

const FAILED = `
  insert into failed_items as f (sweep, item, reason, next_try_at) values ($1, $2, $3, now() + interval '1 minute')
  on conflict (sweep, item) do update set failures = f.failures + 1, reason = excluded.reason, last_failed_at = now(),
    next_try_at = now() + least(power(2, f.failures), 60) * interval '1 minute'`;

const DONE = 'delete from failed_items where sweep = $1 and item = any($2::text[])';

/** What `Sweeps.over` goes through. */
export interface Sweep<T> {
  /** Its name in metrics, in the log and in `failed_items`: one of few. */
  readonly name: string;
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  /** Deals with items in one transaction. */
  readonly work: (items: readonly T[]) => Promise<void>;
}

/** The condition that a sweep's query has for its items, so that one that failed waits for its next try. */
export const notFailing = (sweep: string, item: string): string =>
  `not exists (select 1 from failed_items f where f.sweep = '${sweep}' and f.item = ${item} and f.next_try_at > now())`;

/** Goes through items of which one may be bad: the others go on, and the bad one is named to operators. */
@Injectable()
export class Sweeps {
  private readonly failed;

  constructor(
    private readonly transactions: Transactions,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.failed = metrics.counter('open_cpo_sweep_items_failed_total', 'Items that a sweep could not deal with.', [
      'sweep',
    ]);
  }

  /**
   * All items at once; after a failure half of them, down to the one at fault, which is tried again after a growing
   * while. Answers how many were dealt with.
   * @throws Refusal `unavailable` or `deadline`: trouble around us is no item's fault
   */
  async over<T>(sweep: Sweep<T>): Promise<number> {
    const { name, items, idOf, work } = sweep;
    // Known before anything fails: of what begins with one, Prometheus sees no increase.
    this.failed.inc({ sweep: name }, 0);
    if (items.length === 0) return 0;
    try {
      await this.transactions.run(async () => {
        await work(items);
        await this.transactions.query(DONE, [name, items.map(idOf)], 'sweeps.done');
      });
      return items.length;
    } catch (thrown) {
      const error = translate(thrown) ?? thrown;
      if (error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline')) throw error;
      const half = Math.ceil(items.length / 2);
      if (items.length > 1) {
        const first = await this.over({ ...sweep, items: items.slice(0, half) });
        return first + (await this.over({ ...sweep, items: items.slice(half) }));
      }
      await this.fail(name, items.map(idOf)[0] ?? '', error);
      return 0;
    }
  }

  private async fail(sweep: string, item: string, error: unknown): Promise<void> {
    this.failed.inc({ sweep });
    this.log.error('An item of a sweep failed', { sweep, item, error });
    const reason = String(error).replaceAll('\u0000', '').slice(0, 500);
    await this.transactions.query(FAILED, [sweep, item, reason], 'sweeps.failed');
  }
}
