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
  open_cpo_breaker_opened: 'Times that the breaker of a service opened since the start.',
  open_cpo_calls_second_tries: 'Reads that were asked a second time since the start.',
};

/** A guard for each service that is called. */
@Injectable()
export class Guards {
  private readonly guards = new Map<string, ServiceGuard>();

  constructor(
    @Inject(GUARD_OPTIONS) private readonly options: GuardOptions,
    metrics: Metrics,
  ) {
    metrics.read({ gauges: GAUGES, labels: ['service'], read: () => this.readings() });
    metrics.read({
      gauges: {
        open_cpo_calls_held_back: 'Calls refused before they left, since the start: breaker open or too many.',
      },
      labels: ['service', 'reason'],
      read: () => this.heldBack(),
    });
  }

  of(service: string): ServiceGuard {
    const known = this.guards.get(service);
    if (known) return known;
    const made = new ServiceGuard(this.options.callsAtOnce);
    this.guards.set(service, made);
    return made;
  }

  private readings() {
    return [...this.guards].map(([service, { breaker, inFlight, secondTries }]) => ({
      labels: { service },
      values: {
        open_cpo_breaker_state: STATE[breaker.state],
        open_cpo_calls_in_flight: inFlight,
        open_cpo_breaker_opened: breaker.opened,
        open_cpo_calls_second_tries: secondTries,
      },
    }));
  }

  private heldBack() {
    return [...this.guards].flatMap(([service, { heldBack }]) =>
      Object.entries(heldBack).map(([reason, count]) => ({
        labels: { service, reason },
        values: { open_cpo_calls_held_back: count },
      })),
    );
  }
}
