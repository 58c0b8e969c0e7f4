import { Refusal } from '@open-cpo/contracts';
import { Breaker } from './breaker';
import { RetryBudget } from './retry-budget';

/** Why a call was refused before it left. */
export type Rejection = 'open' | 'full';

/** Told what a guard does that a calm service never sees. */
export interface GuardMeter {
  rejected(why: Rejection): void;
  hedged(): void;
}

/** Keeps the trouble of one service from becoming everybody's: a breaker, a bound on calls at once, a budget for second tries. */
export class ServiceGuard {
  readonly budget = new RetryBudget();
  inFlight = 0;

  constructor(
    private readonly atOnce: number,
    private readonly meter: GuardMeter,
    readonly breaker: Breaker = new Breaker(),
  ) {}

  /** @throws Refusal `service_unavailable` at once when there is no use in asking. Who came in goes out by `leave`. */
  enter(): void {
    if (this.inFlight >= this.atOnce) throw this.refuse('full', 1);
    if (!this.breaker.admits()) throw this.refuse('open', this.breaker.waits / 1000);
    this.inFlight += 1;
  }

  leave(): void {
    this.inFlight -= 1;
  }

  /** Whether a hedged request may be made now. */
  mayTryAgain(): boolean {
    if (this.breaker.state !== 'closed' || this.inFlight >= this.atOnce || !this.budget.spend()) return false;
    this.meter.hedged();
    return true;
  }

  private refuse(why: Rejection, retryAfter: number): Refusal {
    this.meter.rejected(why);
    return new Refusal('service_unavailable', { retryAfter: Math.ceil(retryAfter), cause: `held back: ${why}` });
  }
}
