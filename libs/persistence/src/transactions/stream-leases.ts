import { Refusal } from '@open-cpo/contracts';
import { StreamLease } from './stream-lease';

/** Streams that one account has at a time; a further one waits. */
const PER_ACCOUNT = 2;
/** Streams of one account that wait; a further one is refused at once. */
const WAITING_PER_ACCOUNT = 8;
/** Milliseconds that a stream waits for its turn, within the deadline of its request. */
const WAIT_MS = 3000;
const RETRY_AFTER_S = 2;
/** Milliseconds without progress after which a stream makes room for one that waits. */
const STALLED_MS = 1000;
/** Milliseconds between two looks at streams that are under way. */
const LOOK_MS = 200;

interface Waiting {
  readonly account: number | undefined;
  readonly grant: (lease: StreamLease) => void;
  readonly timer: NodeJS.Timeout;
}

export interface StreamLeasesOptions {
  /** Streams at once. */
  readonly total: number;
  /** Streams of one account at once. */
  readonly perAccount?: number;
  /** Milliseconds that a stream waits for its turn. */
  readonly waitMs?: number;
  /** Told of every stream that was ended because of its reader. */
  readonly ended?: (account: number | undefined) => void;
}

/**
 * Shares the few connections for long lists between accounts: a bulkhead. An account has a share of them; those with the
 * fewest come first; and a reader that makes no progress makes room as soon as somebody waits.
 */
export class StreamLeases {
  private readonly held = new Set<StreamLease>();
  private readonly queue: Waiting[] = [];
  private timer?: NodeJS.Timeout;

  private readonly perAccount: number;
  private readonly waitMs: number;

  constructor(private readonly options: StreamLeasesOptions) {
    ({ perAccount: this.perAccount = PER_ACCOUNT, waitMs: this.waitMs = WAIT_MS } = options);
  }

  /** Streams that wait for their turn. */
  get waiting(): number {
    return this.queue.length;
  }

  /**
   * Waits for a place. `account`: whose stream it is; the service's own have no share.
   * @throws Refusal `too_many_requests` where the account has its share, `service_unavailable` where all places are taken
   */
  take(account: number | undefined): Promise<StreamLease> {
    if (this.hasPlace(account)) return Promise.resolve(this.lend(account));
    if (this.queue.filter((other) => other.account === account).length >= WAITING_PER_ACCOUNT) throw tooMany();
    return new Promise((resolve, reject) => {
      const late = (): void => {
        this.queue.splice(this.queue.indexOf(waiting), 1);
        reject(this.hasShare(account) ? unavailable() : tooMany());
      };
      const waiting: Waiting = { account, grant: resolve, timer: setTimeout(late, this.waitMs).unref() };
      this.queue.push(waiting);
    });
  }

  /** Looks for readers that are too slow. Called by itself while there are streams. */
  look(now = Date.now()): void {
    for (const lease of this.held) if (lease.isTooSlow(now)) this.end(lease);
    for (const { account } of [...this.queue]) {
      const stalled = this.stalled(this.hasShare(account) ? undefined : account, now);
      if (stalled && !this.hasPlace(account)) this.end(stalled);
    }
  }

  private hasShare(account: number | undefined): boolean {
    return account === undefined || this.count(account) < this.perAccount;
  }

  private hasPlace(account: number | undefined): boolean {
    return this.held.size < this.options.total && this.hasShare(account);
  }

  private count(account: number): number {
    let count = 0;
    for (const lease of this.held) if (lease.account === account) count += 1;
    return count;
  }

  private lend(account: number | undefined): StreamLease {
    const lease = new StreamLease(account, () => this.returned(lease));
    this.held.add(lease);
    this.timer ??= setInterval(() => this.look(), LOOK_MS).unref();
    return lease;
  }

  private returned(lease: StreamLease): void {
    this.held.delete(lease);
    for (let next = this.next(); next; next = this.next()) {
      this.queue.splice(this.queue.indexOf(next), 1);
      clearTimeout(next.timer);
      next.grant(this.lend(next.account));
    }
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Who waits longest of those with the fewest streams. */
  private next(): Waiting | undefined {
    const able = this.queue.filter(({ account }) => this.hasPlace(account));
    const held = ({ account }: Waiting): number => (account === undefined ? 0 : this.count(account));
    return able.reduce<Waiting | undefined>((best, one) => (best && held(best) <= held(one) ? best : one), undefined);
  }

  /** The stream of an account, or of one account, without progress for longest. */
  private stalled(account: number | undefined, now: number): StreamLease | undefined {
    const all = [...this.held].filter(
      (lease) => lease.account !== undefined && (account === undefined || lease.account === account),
    );
    const [first] = all.sort((a, b) => b.stalledMs(now) - a.stalledMs(now));
    return first && first.stalledMs(now) >= STALLED_MS ? first : undefined;
  }

  private end(lease: StreamLease): void {
    lease.end(new Refusal('deadline_exceeded', { cause: 'the reader of a long list was too slow' }));
    this.options.ended?.(lease.account);
  }
}

const tooMany = (): Refusal => new Refusal('too_many_requests', { retryAfter: RETRY_AFTER_S });
const unavailable = (): Refusal =>
  new Refusal('service_unavailable', { retryAfter: RETRY_AFTER_S, cause: 'every stream is in use' });
