import { LRUCache } from 'lru-cache';

/** Bytes of WAL since the beginning of the cluster. */
export type Lsn = number;

/** The position of the primary, asked for at or after `at` (milliseconds): all that was committed before is below it. */
interface Sample {
  readonly at: number;
  readonly lsn: Lsn;
}

/** Accounts whose writes are remembered one by one. */
const ACCOUNTS = 50_000;
/** Milliseconds between samples that are kept, and their number: lag is measured up to ten minutes. */
const KEPT_EVERY_MS = 500;
const KEPT = 1200;
const UNKNOWN = Infinity;

/**
 * How much WAL a replica must have replayed before it may answer for an account: the account's last write, and all that is
 * older than `maxLagMs`. A write is known by its time alone; its position is that of the first sample after it. Until then no
 * replica may answer. Clocks of other machines are not compared.
 */
export class WalPositions {
  private readonly samples: Sample[] = [];
  private readonly unresolved = new Set<number>();
  /** For every account: writes that may have been missed, and those of accounts that were forgotten. */
  private floor: Sample = { at: Infinity, lsn: UNKNOWN };
  private base: Lsn = 0;
  private readonly writes = new LRUCache<number, Sample>({
    max: ACCOUNTS,
    dispose: (write, _account, reason) => {
      if (reason === 'evict') this.raise(write);
    },
  });

  constructor(private readonly maxLagMs: number) {}

  /** Whether a write waits for its position. */
  get isWaiting(): boolean {
    return this.unresolved.size > 0 || (this.floor.lsn === UNKNOWN && this.floor.at < Infinity);
  }

  /** The account has committed something before `at`. */
  written(accountId: number, at: number): void {
    this.writes.set(accountId, { at, lsn: UNKNOWN });
    this.unresolved.add(accountId);
  }

  /** Writes are not known of any more, until `resumed`. */
  interrupted(): void {
    this.floor = { at: Infinity, lsn: UNKNOWN };
  }

  /** Every write from `at` on will be known. */
  resumed(at: number): void {
    this.floor = { at, lsn: UNKNOWN };
  }

  /** The position of the primary, asked for at `at`. */
  sampled(sample: Sample): void {
    const last = this.samples.at(-1);
    // Another server is the primary now, or a backup was restored: positions of the old one mean nothing.
    if (last && sample.lsn < last.lsn) this.restart();
    this.resolve(sample);
    if (!last || sample.at - last.at >= KEPT_EVERY_MS) this.samples.push(sample);
    if (this.samples.length > KEPT) this.samples.shift();
    this.base = this.samples.findLast(({ at }) => at <= sample.at - this.maxLagMs)?.lsn ?? 0;
  }

  /** What a replica must have replayed to answer for the account; `Infinity`: none may. */
  required(accountId: number): Lsn {
    return Math.max(this.base, this.floor.lsn, this.writes.get(accountId)?.lsn ?? 0);
  }

  /** Seconds for which the primary has had more than this. */
  lagOf(replayed: Lsn, now: number): number {
    const ahead = this.samples.find(({ lsn }) => lsn > replayed);
    return ahead ? Math.max(0, now - ahead.at) / 1000 : 0;
  }

  private resolve({ at, lsn }: Sample): void {
    if (this.floor.lsn === UNKNOWN && this.floor.at <= at) this.floor = { at, lsn };
    for (const accountId of this.unresolved) {
      const write = this.writes.peek(accountId);
      if (write && write.at > at) continue;
      if (write) this.writes.set(accountId, { at: write.at, lsn });
      this.unresolved.delete(accountId);
    }
  }

  private raise({ at, lsn }: Sample): void {
    this.floor = { at: Math.max(at, this.floor.at), lsn: Math.max(lsn, this.floor.lsn) };
  }

  private restart(): void {
    const { at } = this.floor;
    this.samples.length = 0;
    for (const [accountId, write] of this.writes.entries()) {
      this.writes.set(accountId, { ...write, lsn: UNKNOWN });
      this.unresolved.add(accountId);
    }
    this.floor = { at, lsn: UNKNOWN };
  }
}
