import { Inject, Injectable } from '@nestjs/common';
import { Metrics } from '@open-cpo/platform';
import type { BreakerState } from './breaker';
import { ServiceGuard } from './service-guard';

/** How calls are bounded. */
export interface GuardOptions {
  /** Calls of one service that may be under way at once. */
  readonly callsAtOnce: number;
}

export const GUARD_OPTIONS = Symbol('open-cpo:guard-options');

const STATE: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

const GAUGES = {
  open_cpo_breaker_state: 'Whether calls of a service go (0), are tried (1) or are refused at once (2).',
  open_cpo_calls_in_flight: 'Calls of a service that are not answered yet.',
};

/** A guard for each service that is called. */
@Injectable()
export class Guards {
  private readonly guards = new Map<string, ServiceGuard>();
  private readonly rejected;
  private readonly hedged;
  /** Names of the release before, until dashboards of operators follow. */
  private readonly formerly;

  constructor(
    @Inject(GUARD_OPTIONS) private readonly options: GuardOptions,
    metrics: Metrics,
  ) {
    const why = 'Calls that the circuit breaker (open) or the bulkhead (full) of a service refused.';
    this.rejected = metrics.counter('open_cpo_calls_rejected_total', why, ['service', 'reason']);
    const twice = 'Hedged requests and retries: reads that were sent a second time.';
    this.hedged = metrics.counter('open_cpo_hedged_calls_total', twice, ['service']);
    this.formerly = {
      rejected: metrics.counter('open_cpo_calls_held_back_total', 'Deprecated: calls_rejected.', ['service', 'reason']),
      hedged: metrics.counter('open_cpo_calls_second_tries_total', 'Deprecated: hedged_calls.', ['service']),
    };
    metrics.read({ gauges: GAUGES, labels: ['service'], read: () => this.readings() });
  }

  of(service: string): ServiceGuard {
    return this.guards.get(service) ?? this.make(service);
  }

  private make(service: string): ServiceGuard {
    const { rejected, hedged, formerly } = this;
    const made = new ServiceGuard(this.options.callsAtOnce, {
      rejected: (reason) => [rejected, formerly.rejected].forEach((counter) => counter.inc({ service, reason })),
      hedged: () => [hedged, formerly.hedged].forEach((counter) => counter.inc({ service })),
    });
    for (const counter of [rejected, formerly.rejected]) {
      for (const reason of ['open', 'full']) counter.inc({ service, reason }, 0);
    }
    for (const counter of [hedged, formerly.hedged]) counter.inc({ service }, 0);
    this.guards.set(service, made);
    return made;
  }

  private readings() {
    return [...this.guards].map(([service, { breaker, inFlight }]) => ({
      labels: { service },
      values: { open_cpo_breaker_state: STATE[breaker.state], open_cpo_calls_in_flight: inFlight },
    }));
  }
}
