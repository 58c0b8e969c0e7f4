import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PartitionMaintenance, Transactions } from '@open-cpo/persistence';
import { Log, Metrics } from '@open-cpo/platform';
import { ChargersConfig } from '../config';
import { STRIP_GONE } from '../lists/local-list.queries';
import { isPassing } from '../protocol/is-passing';
import { keptPayload } from './redaction';
import { storable } from './storable';

const FLUSH_MS = 500;
/** Messages that wait to be written; the log gives way before the messages themselves do. */
const MAX_WAITING = 5000;
const BATCH = 500;
const TIDY_MS = 5 * 60_000;
const TIDY_BATCH = 5000;
/** Messages of a charger that are kept, and after how many new ones those beyond are looked for. */
export const MAX_PER_CHARGER = 20_000;
const LOOK_AFTER = 1000;

/** A message on its way into the log. */
export interface LoggedMessage {
  readonly chargerId: number;
  readonly accountId: number;
  readonly at: number;
  readonly direction: 'received' | 'sent';
  readonly kind: 'call' | 'result' | 'error' | 'malformed';
  readonly action?: string;
  readonly messageId: string;
  readonly payload: unknown;
  readonly problems?: readonly string[];
}

const WRITE = `
  insert into messages (charger_id, account_id, at, direction, kind, action, message_id, payload, problems)
  select charger_id, account_id, to_timestamp(at / 1000.0), direction, kind, action, message_id, payload,
    array(select jsonb_array_elements_text(problems))
  from jsonb_to_recordset($1) as m (charger_id int, account_id int, at float8, direction text, kind text, action text,
    message_id text, payload text, problems jsonb)`;

/** Days for which messages that could not be applied, and commands, are kept. */
const KEPT_DAYS = 90;
const REFUSED_DAYS = 30;

const staleRows = (table: string, condition: string): string => `
  delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${TIDY_BATCH}))`;
const BEYOND_LIMIT = `
  delete from messages where id = any(array(
    select id from messages where account_id = $1 and charger_id = $2
    order by id desc offset ${MAX_PER_CHARGER} limit ${TIDY_BATCH}))`;
const OLD_KEPT = staleRows('kept_messages', 'received_at < now() - make_interval(days => $1)');
/** Days for which events of transactions are kept: those with a signed value, which is evidence, longer. */
const EVENT_DAYS = 30;
const SIGNED_DAYS = 400;
const OLD_EVENTS = staleRows(
  'transaction_events',
  'signed is null and received_at < now() - make_interval(days => $1)',
);
const OLD_SIGNED = staleRows(
  'transaction_events',
  'signed is not null and received_at < now() - make_interval(days => $1)',
);
const OLD_COMMANDS = staleRows('commands', 'created_at < now() - make_interval(days => $1)');
const OLD_RESERVATIONS = staleRows('reservations', 'created_at < now() - make_interval(days => $1)');
// Of chargers that are gone with their power centers.
const IS_GONE = 'charger_id in (select id from chargers where deleted_at < now() - make_interval(days => $1))';
const LISTS_OF_NONE = staleRows('local_lists', IS_GONE);
const LIMITS_OF_NONE = staleRows('current_limits', IS_GONE);
const OLD_REFUSED = staleRows('refused', 'last_at < now() - make_interval(days => $1)');
const OLD_CARDS = staleRows('known_cards', 'known_at < now() - make_interval(days => $1)');

/** The last messages of each charger, for its owner. It is written after the answer, and gives way under load. */
@Injectable()
export class MessageLog implements OnApplicationBootstrap, OnModuleDestroy {
  /** As they are written: what a charger has sent may be many times as large. */
  private waiting: Row[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  /** New messages by charger since those beyond the limit were removed. */
  private readonly added = new Map<number, { readonly accountId: number; n: number }>();
  private writing: Promise<void> = Promise.resolve();
  private tidying = false;
  private readonly dropped;

  constructor(
    private readonly transactions: Transactions,
    config: ChargersConfig,
    partitions: PartitionMaintenance,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    partitions.retain({ table: 'messages', column: 'at', days: config.chargersMessageDays });
    this.dropped = metrics.counter('open_cpo_charger_messages_not_logged_total', 'Messages left out of the log.');
    this.dropped.inc(0);
  }

  onApplicationBootstrap(): void {
    this.timers.push(setInterval(() => void this.flush(), FLUSH_MS).unref());
    this.timers.push(setInterval(() => void this.tidy(), TIDY_MS).unref());
  }

  async onModuleDestroy(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    await this.flush();
  }

  add(message: LoggedMessage): void {
    if (this.waiting.length >= MAX_WAITING) this.dropped.inc();
    else this.waiting.push(rowOf(message));
  }

  /** Writes all that waits. */
  flush(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) await this.writeBatch(this.waiting.splice(0, BATCH));
  }

  /** One that cannot be stored does not take the others with it: they are written without it. */
  private async writeBatch(batch: readonly Row[]): Promise<void> {
    try {
      await this.transactions.query(WRITE, [JSON.stringify(batch)], 'messages.write');
      batch.forEach((row) => this.count(row));
    } catch (error) {
      if (batch.length > 1 && !isPassing(error)) {
        const half = batch.length >> 1;
        await this.writeBatch(batch.slice(0, half));
        return this.writeBatch(batch.slice(half));
      }
      this.dropped.inc(batch.length);
      this.log.warn('Messages were not logged', { error, messages: batch.length });
    }
  }

  /** Removes what has served its time; nothing while it does so already. */
  async tidy(): Promise<void> {
    if (this.tidying) return;
    this.tidying = true;
    try {
      await this.removeBeyondLimit();
      await this.removeRows(OLD_KEPT, [KEPT_DAYS]);
      await this.removeRows(OLD_EVENTS, [EVENT_DAYS]);
      await this.removeRows(OLD_SIGNED, [SIGNED_DAYS]);
      await this.removeRows(OLD_COMMANDS, [KEPT_DAYS]);
      await this.removeRows(OLD_RESERVATIONS, [KEPT_DAYS]);
      await this.transactions.query(STRIP_GONE);
      await this.removeRows(LISTS_OF_NONE, [0]);
      await this.removeRows(LIMITS_OF_NONE, [0]);
      await this.removeRows(OLD_REFUSED, [REFUSED_DAYS]);
      await this.removeRows(OLD_CARDS, [1]);
    } catch (error) {
      this.log.warn('Old messages were not removed', { error });
    } finally {
      this.tidying = false;
    }
  }

  private count({ charger_id: chargerId, account_id: accountId }: Row): void {
    const added = this.added.get(chargerId) ?? { accountId, n: 0 };
    added.n += 1;
    this.added.set(chargerId, added);
  }

  /** A charger that sends as much as it may is limited by rows, the others by days. */
  private async removeBeyondLimit(): Promise<void> {
    for (const [chargerId, { accountId, n }] of this.added) {
      if (n < LOOK_AFTER) continue;
      this.added.delete(chargerId);
      await this.removeRows(BEYOND_LIMIT, [accountId, chargerId]);
    }
  }

  private async removeRows(text: string, values: readonly number[]): Promise<void> {
    for (let rows = TIDY_BATCH; rows === TIDY_BATCH;) {
      rows = (await this.transactions.ask({ text, values: [...values] })).rowCount ?? 0;
    }
  }
}

const rowOf = ({ chargerId, accountId, messageId, action, payload, problems = [], ...rest }: LoggedMessage) => ({
  ...rest,
  charger_id: chargerId,
  account_id: accountId,
  message_id: storable(messageId),
  action: action === undefined ? null : storable(action),
  payload: keptPayload(payload),
  problems: problems.map(storable),
});

type Row = ReturnType<typeof rowOf>;
