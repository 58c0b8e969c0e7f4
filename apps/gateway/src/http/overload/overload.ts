import type { ServerResponse } from 'node:http';
import { Refusal } from '@open-cpo/contracts';
import { Metrics } from '@open-cpo/platform';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { RouteOptions } from '../route';
import { GatewayConfig } from '../../config';
import { ENDLESS } from '../server/hooks';

/** Kinds of requests that have a bound of their own, so that none of them can take the place of the others. */
type RouteClass = 'reads' | 'writes' | 'logins' | 'exports';

type Declared = Pick<RouteOptions, 'calls' | 'can' | 'envelope'>;

/** Writes without a token hash passwords and send mails; files are made and sent, which takes long. */
export function classOf({ calls, can, envelope }: Declared): RouteClass {
  if (envelope?.letter === 'X') return 'exports';
  if (calls.kind !== 'write') return 'reads';
  return can === 'public' ? 'logins' : 'writes';
}

/** The requests of one class that are under way. */
interface ClassLimit {
  inFlight: number;
  readonly limit: number;
  /** Milliseconds of event loop delay above which none is admitted. */
  readonly maxDelay: number;
}

/** Milliseconds between two samples. */
const SAMPLE_INTERVAL_MS = 50;
/** Weight of one sample: a single long pause says little, pauses one after the other say much. */
const WEIGHT = 0.2;

/** Event loop delay, smoothed. */
export class LoopDelay {
  private smoothed = 0;
  private due = 0;
  private timer?: NodeJS.Timeout;

  /** Milliseconds. */
  get value(): number {
    return this.smoothed;
  }

  /** Samples repeatedly, without keeping the process alive. */
  watch(now: () => number = () => performance.now()): this {
    this.due = now() + SAMPLE_INTERVAL_MS;
    this.timer = setInterval(() => {
      this.saw(Math.max(0, now() - this.due));
      this.due = now() + SAMPLE_INTERVAL_MS;
    }, SAMPLE_INTERVAL_MS).unref();
    return this;
  }

  /** Adds a sample. */
  saw(delay: number): void {
    this.smoothed += WEIGHT * (delay - this.smoothed);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

/** Limits of the work under way. */
type OverloadLimits = Pick<
  GatewayConfig,
  'readsAtOnce' | 'writesAtOnce' | 'loginsAtOnce' | 'exportsAtOnce' | 'shedDelay'
>;

/** `Retry-After` of a shed request in seconds, with jitter so that clients do not come back at the same time. */
const SHED_RETRY_AFTER_S = 1;
const SHED_JITTER_S = 3;

/**
 * Load shedding: refuses requests before too many of them make all of them late. Each class has a concurrency limit; while
 * the event loop is late only writes are admitted, and from twice that delay on nothing is.
 */
@Injectable()
export class Overload {
  private readonly classes: Record<RouteClass, ClassLimit>;
  private readonly shed;

  constructor(
    @Inject(GatewayConfig) limits: OverloadLimits,
    metrics: Metrics,
    @Optional() private readonly delay: Pick<LoopDelay, 'value'> = new LoopDelay().watch(),
  ) {
    const maxDelay = limits.shedDelay;
    this.classes = {
      reads: { inFlight: 0, limit: limits.readsAtOnce, maxDelay },
      writes: { inFlight: 0, limit: limits.writesAtOnce, maxDelay: 2 * maxDelay },
      logins: { inFlight: 0, limit: limits.loginsAtOnce, maxDelay },
      exports: { inFlight: 0, limit: limits.exportsAtOnce, maxDelay },
    };
    const help = 'Requests turned away: no place in their class, or the event loop was late.';
    this.shed = metrics.counter('open_cpo_http_shed_total', help, ['class', 'reason']);
    // Known from the start: of what begins with one, Prometheus sees no increase.
    for (const name of Object.keys(this.classes)) {
      for (const reason of ['full', 'delay']) this.shed.inc({ class: name, reason }, 0);
    }
    metrics.read({
      gauges: { open_cpo_http_class_in_flight: 'Requests of a class that are being worked on.' },
      labels: ['class'],
      read: () =>
        Object.entries(this.classes).map(([name, { inFlight }]) => ({
          labels: { class: name },
          values: { open_cpo_http_class_in_flight: inFlight },
        })),
    });
    metrics.read({
      gauges: { open_cpo_event_loop_late_seconds: 'How late the event loop is, smoothed: what load is shed by.' },
      read: () => [{ values: { open_cpo_event_loop_late_seconds: this.delay.value / 1000 } }],
    });
  }

  /** Does the work of a route within the limit of its class. @throws Refusal `service_unavailable` */
  async within(route: RouteOptions, work: () => Promise<void>): Promise<void> {
    const entered = this.check(route);
    entered.inFlight += 1;
    try {
      await work();
    } finally {
      entered.inFlight -= 1;
    }
  }

  /** The class of a route, if it admits one more request now. @throws Refusal as `within` */
  check(route: RouteOptions): ClassLimit {
    const name = classOf(route);
    const found = this.classes[name];
    const isFull = found.inFlight >= found.limit;
    if (!isFull && this.delay.value <= found.maxDelay) return found;
    const reason = isFull ? 'full' : 'delay';
    this.shed.inc({ class: name, reason });
    const retryAfter = SHED_RETRY_AFTER_S + Math.floor(Math.random() * SHED_JITTER_S);
    throw new Refusal('service_unavailable', { retryAfter, cause: `shed: ${name} ${reason}` });
  }
}

const RETRY_AFTER_S = 1;

/**
 * Bounds what one account has under way at a replica, so that it cannot take all places of a class: a bulkhead by
 * account. A place is held until the last byte of the answer is out, or the answer turns out to be a live feed, which has
 * a bound of its own.
 */
@Injectable()
export class AccountShares {
  private readonly requests = new Map<number, number>();
  private readonly files = new Map<number, number>();

  constructor(private readonly config: GatewayConfig) {}

  /** @throws Refusal `too_many_requests` when the account has its share under way */
  enter(accountId: number, route: RouteOptions, response: ServerResponse): void {
    // A closed connection emits no further event.
    if (response.destroyed) return;
    const { requestsPerAccount, filesPerAccount } = this.config;
    const isFile = classOf(route) === 'exports';
    const taken = isFile ? this.files : this.requests;
    const count = taken.get(accountId) ?? 0;
    if (count >= (isFile ? filesPerAccount : requestsPerAccount))
      throw new Refusal('too_many_requests', { retryAfter: RETRY_AFTER_S });
    taken.set(accountId, count + 1);
    const leave = (): void => {
      response.off('close', leave).off(ENDLESS, leave);
      const left = (taken.get(accountId) ?? 1) - 1;
      if (left > 0) taken.set(accountId, left);
      else taken.delete(accountId);
    };
    response.once('close', leave).once(ENDLESS, leave);
  }
}
