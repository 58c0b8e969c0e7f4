import { Injectable } from '@nestjs/common';
import { Log } from '../log/log';
import { Metrics } from '../metrics/metrics';

/** What can happen. The list is closed: it is a label of a metric. */
const KINDS = [
  'login_succeeded',
  'login_failed',
  'login_refused',
  'code_accepted',
  'code_failed',
  'code_requested',
  'token_refreshed',
  'token_replayed',
  'session_ended',
  'logout',
  'new_device',
  'credentials_changed',
  'authorization_refused',
  'limit_reached',
  'sensitive_change',
] as const;
export type SecurityEventKind = (typeof KINDS)[number];

/** Who was concerned, from where. No secrets and no e-mail addresses: ids are enough to find the rest. */
export interface SecurityEventFields {
  readonly userId?: number;
  readonly accountId?: number;
  /** Address of the client. */
  readonly address?: string;
  /** Family of the client's program, such as `Firefox on Windows`. */
  readonly device?: string;
  readonly requestId?: string;
  /** A word of ours that says more: a method, a limit, an operation. Never text of a client's. */
  readonly detail?: string;
}

/** Kinds that anonymous clients cause at any rate. */
const UNBOUNDED: readonly SecurityEventKind[] = ['authorization_refused', 'limit_reached'];
/** Lines a second of those kinds together: more would let a flood of requests fill the disk. */
const LINES_A_SECOND = 50;

/**
 * The security log: one structured line for each event, in the field `security_event` (OWASP ASVS 16.3), and a counter
 * by kind for alert rules.
 */
@Injectable()
export class SecurityEvents {
  private readonly counter;
  private second = 0;
  private lines = 0;
  private suppressed = 0;

  constructor(
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter('open_cpo_security_events_total', 'Security events by kind.', ['kind']);
    // Known from the start: of a series that begins with an event Prometheus sees no increase.
    KINDS.forEach((kind) => this.counter.inc({ kind }, 0));
  }

  /** Every event is counted. Of floods of refused requests, the log has a sample and the number of those left out. */
  record(kind: SecurityEventKind, fields: SecurityEventFields): void {
    this.counter.inc({ kind });
    if (!UNBOUNDED.includes(kind)) return this.write({ kind, ...fields });
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.second) [this.second, this.lines] = [second, 0];
    this.lines += 1;
    if (this.lines > LINES_A_SECOND) return void (this.suppressed += 1);
    const { suppressed } = this;
    this.suppressed = 0;
    this.write({ kind, ...fields, ...(suppressed > 0 ? { suppressed } : {}) });
  }

  private write(security_event: object): void {
    this.log.log('Security event', { security_event });
  }
}
