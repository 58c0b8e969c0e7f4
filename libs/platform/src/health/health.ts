import { EventEmitter } from 'node:events';
import { answerOf } from './check';

/** How a check counts. */
export interface CheckOptions {
  /** Whether the process is of no use without it (the default); others are only shown. */
  readonly critical?: boolean;
}

export interface HealthReport {
  readonly ok: boolean;
  readonly checks: Record<string, 'up' | 'down'>;
}

type Check = () => boolean | Promise<boolean>;
interface Named extends CheckOptions {
  readonly check: Check;
}

/** Milliseconds between two looks. */
const INTERVAL = 1000;

/**
 * Whether this process can do its work. Emits `change` with the new readiness (boolean) when it flips, so that a
 * service whose database is unavailable also leaves its queue groups.
 */
export class Health extends EventEmitter<{ change: [ready: boolean] }> {
  private readonly checks = new Map<string, Named>();
  private timer?: NodeJS.Timeout;
  private ending = false;
  private last = false;

  /** The readiness as last seen. */
  get isReady(): boolean {
    return this.last;
  }

  /** Adds a check; one that throws or hangs counts as down. */
  add(name: string, check: Check, options: CheckOptions = {}): void {
    this.checks.set(name, { check, ...options });
  }

  /** Asks all checks now. */
  async ready(): Promise<HealthReport> {
    const named = [...this.checks];
    const answers = await Promise.all(named.map(([, { check }]) => answerOf(check)));
    const ok = !this.ending && named.every(([, { critical = true }], index) => !critical || answers[index]);
    this.see(ok);
    return { ok, checks: Object.fromEntries(named.map(([name], i) => [name, answers[i] ? 'up' : 'down'])) };
  }

  /** Looks again and again from now on. */
  async watch(): Promise<void> {
    await this.ready();
    const again = (): void => {
      if (!this.ending) this.timer = setTimeout(() => void this.ready().then(again), INTERVAL).unref();
    };
    again();
  }

  /** Not ready from now on, whatever the checks say. */
  end(): void {
    this.ending = true;
    clearTimeout(this.timer);
    this.see(false);
  }

  private see(ready: boolean): void {
    const now = ready && !this.ending;
    if (now === this.last) return;
    this.last = now;
    this.emit('change', now);
  }
}
