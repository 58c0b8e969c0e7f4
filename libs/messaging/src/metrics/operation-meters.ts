import type { AnyOperation, RefusalKind } from '@open-cpo/contracts';
import type { Metrics } from '@open-cpo/platform';

/** What is measured of one operation. Its parts are looked up once, not with each request. */
export interface OperationMeter {
  /** Milliseconds that a request took, however it ended. */
  took(milliseconds: number): void;
  refused(kind: RefusalKind): void;
  /** It came too late to be done. */
  expired(): void;
}

const LABELS = ['operation', 'kind'] as const;
/** Refusals that alerts look at, known from the start: of a series that begins with one Prometheus sees no increase. */
const FAULTS = ['internal', 'unavailable', 'deadline'] as const satisfies readonly RefusalKind[];

/** The server's side of every operation: rate and duration, refusals by kind, requests dropped because nobody waits. */
export class OperationMeters {
  private readonly durations;
  private readonly refusals;
  private readonly expirations;

  constructor(metrics: Metrics, inFlight: () => number) {
    const name = (rest: string): string => `open_cpo_operation${rest}`;
    this.durations = metrics.durations(name('_duration_seconds'), 'Time from request to answer.', LABELS);
    this.refusals = metrics.counter(name('_refusals_total'), 'Answers that were refusals.', ['operation', 'refusal']);
    this.expirations = metrics.counter(name('_expired_total'), 'Requests dropped: nobody waited.', ['operation']);
    metrics.read({
      gauges: { open_cpo_operations_in_flight: 'Requests being worked on.' },
      read: () => [{ values: { open_cpo_operations_in_flight: inFlight() } }],
    });
  }

  of({ subject: operation, kind }: AnyOperation): OperationMeter {
    const { refusals } = this;
    const duration = this.durations.labels({ operation, kind });
    const expirations = this.expirations.labels({ operation });
    expirations.inc(0);
    for (const refusal of FAULTS) refusals.inc({ operation, refusal }, 0);
    return {
      took: (milliseconds) => duration.observe(milliseconds / 1000),
      refused: (refusal) => refusals.inc({ operation, refusal }),
      expired: () => expirations.inc(),
    };
  }
}
