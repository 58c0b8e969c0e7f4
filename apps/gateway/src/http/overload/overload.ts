import { Refusal } from '@open-cpo/contracts';
import type { Metrics } from '@open-cpo/platform';
import type { GatewayConfig } from '../../config';
import type { RouteOptions } from '../route';
import { Gate, type ShedReason } from './gate';
import { LoopDelay } from './loop-delay';
import { classOf, type RouteClass } from './route-class';

/** What bounds the work at once. */
export type OverloadLimits = Pick<
  GatewayConfig,
  'readsAtOnce' | 'writesAtOnce' | 'loginsAtOnce' | 'exportsAtOnce' | 'shedDelay'
>;

/** Seconds after which somebody who was turned away may come back, spread by chance so that not all do at once. */
const BACK = 1;
const SPREAD = 3;

/**
 * Turns requests away before too many of them make all of them late: each class has its places, and when the event loop
 * itself is late, nothing but writes gets one, and from twice that delay on nobody does.
 */
export class Overload {
  private readonly gates: Record<RouteClass, Gate>;
  private readonly byRoute = new WeakMap<object, Gate>();
  private readonly shed;

  constructor(
    limits: OverloadLimits,
    metrics: Metrics,
    private readonly delay: Pick<LoopDelay, 'value'> = new LoopDelay().watch(),
  ) {
    const { shedDelay } = limits;
    this.gates = {
      reads: new Gate('reads', limits.readsAtOnce, shedDelay),
      writes: new Gate('writes', limits.writesAtOnce, 2 * shedDelay),
      logins: new Gate('logins', limits.loginsAtOnce, shedDelay),
      exports: new Gate('exports', limits.exportsAtOnce, shedDelay),
    };
    const help = 'Requests turned away: no place in their class, or the event loop was late.';
    this.shed = metrics.counter('open_cpo_http_shed_total', help, ['class', 'reason']);
    // Known from the start: of what begins with one, Prometheus sees no increase.
    for (const name of Object.keys(this.gates)) {
      for (const reason of ['full', 'delay']) this.shed.inc({ class: name, reason }, 0);
    }
    this.measure(metrics);
  }

  /** Does the work of a route in a place of its class. @throws Refusal `service_unavailable` when there is none. */
  async within(route: RouteOptions, work: () => Promise<void>): Promise<void> {
    const gate = this.check(route);
    gate.inFlight += 1;
    try {
      await work();
    } finally {
      gate.inFlight -= 1;
    }
  }

  /** Whether there is a place for a route's work at present. @throws Refusal as `within` */
  check(route: RouteOptions): Gate {
    const gate = this.gateOf(route);
    const why = gate.closed(this.delay.value);
    if (why) throw this.refuse(gate, why);
    return gate;
  }

  private gateOf(route: RouteOptions): Gate {
    const known = this.byRoute.get(route);
    if (known) return known;
    const gate = this.gates[classOf(route)];
    this.byRoute.set(route, gate);
    return gate;
  }

  private refuse(gate: Gate, why: ShedReason): Refusal {
    this.shed.inc({ class: gate.of, reason: why });
    const retryAfter = BACK + Math.floor(Math.random() * SPREAD);
    return new Refusal('service_unavailable', { retryAfter, cause: `shed: ${gate.of} ${why}` });
  }

  private measure(metrics: Metrics): void {
    const gates = Object.values(this.gates);
    metrics.read({
      gauges: { open_cpo_http_class_in_flight: 'Requests of a class that are being worked on.' },
      labels: ['class'],
      read: () =>
        gates.map(({ of, inFlight }) => ({
          labels: { class: of },
          values: { open_cpo_http_class_in_flight: inFlight },
        })),
    });
    metrics.read({
      gauges: { open_cpo_event_loop_late_seconds: 'How late the event loop is, smoothed: what load is shed by.' },
      read: () => [{ values: { open_cpo_event_loop_late_seconds: this.delay.value / 1000 } }],
    });
  }
}
