import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@open-cpo/platform';
import type { Leadership } from '../connection/leadership';
import { isUnavailable } from './unavailable';
import { relayBatch, type RelayResult } from './relay-batch';
import type { OutboxKind, OutboxRow } from './outbox-row';
import { BATCH, type OutboxTable } from './outbox-table';

const POLL = 1000;
/** Milliseconds between passes: what is committed meanwhile leaves together, and is handled together elsewhere. */
const GATHER = 20;

/** What a relay needs. */
export interface RelayParts {
  readonly kind: OutboxKind;
  readonly table: OutboxTable;
  readonly leadership: Pick<Leadership, 'held'>;
  readonly log: Log;
  /** Comes before the rows of a pass are delivered. */
  readonly before?: (rows: readonly OutboxRow[]) => Promise<void>;
  /** Resolves when the other side has stored the row. */
  readonly deliver: (row: OutboxRow) => Promise<void>;
}

/** Hands one kind of rows over, at least once: what was handed over and not marked before a crash goes again. */
export class Relay {
  private ending = false;
  private poked = false;
  private away = false;
  private alarm = new AbortController();
  private running?: Promise<void>;

  constructor(private readonly parts: RelayParts) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes the pass under way. */
  async stop(): Promise<void> {
    this.ending = true;
    this.alarm.abort();
    await this.running;
  }

  /** There is something to do, now and not at the next poll; while the other side is unavailable, at the next poll. */
  poke(): void {
    this.poked = true;
    if (!this.away) this.alarm.abort();
  }

  private get mayGoOn(): boolean {
    return !this.ending && this.parts.leadership.held;
  }

  private async run(): Promise<void> {
    const { log, kind } = this.parts;
    while (!this.ending) {
      try {
        while (this.mayGoOn && (await this.pass()));
      } catch (error) {
        log.warn('The outbox cannot be read', { error, kind });
        this.away = true;
      }
      await this.rest();
    }
  }

  /** One batch; true when the next one should follow at once. */
  private async pass(): Promise<boolean> {
    this.poked = false;
    const rows = await this.parts.table.pending(this.parts.kind);
    await this.parts.before?.(rows);
    const result = await relayBatch(rows, this.parts.deliver, (so) => this.mayGoOn && !otherSideIsAway(so));
    this.away = otherSideIsAway(result);
    await this.parts.table.sent(result.sent);
    await this.recordFailure(result);
    return !this.away && result.sent.length > 0 && rows.length === BATCH;
  }

  /** While nothing at all gets through, no row is to blame for it. */
  private async recordFailure(result: RelayResult): Promise<void> {
    const { log, kind, table } = this.parts;
    const { away } = this;
    for (const { row, error } of result.failures) {
      if (away && isUnavailable(error)) continue;
      const dead = await table.failed(row.id, error instanceof Error ? error.message : String(error));
      log[dead ? 'error' : 'warn'](dead ? 'Outbox row given up' : 'Outbox row refused', { error, kind, id: row.id });
    }
    if (away) log.warn('The outbox waits: the other side is away', { kind, error: result.failures[0]?.error });
  }

  private async rest(): Promise<void> {
    if (!this.away && !this.ending && this.parts.leadership.held) await pause(GATHER, undefined, { ref: false });
    const wakeUp = this.poked && !this.away && this.mayGoOn;
    if (!wakeUp && !this.ending)
      await pause(POLL, undefined, { signal: this.alarm.signal, ref: false }).catch(() => {});
    this.away = false;
    this.alarm = new AbortController();
    if (this.ending) this.alarm.abort();
  }
}

const otherSideIsAway = ({ sent, failures }: RelayResult): boolean =>
  sent.length === 0 && failures.some(({ error }) => isUnavailable(error));
