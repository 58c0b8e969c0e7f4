import { Injectable } from '@nestjs/common';
import { type ListedCards, localDay, type LocalList, Refusal, workforceWorkers } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { dayEnd } from '../cards/day-end';
import { CommandsRepository } from '../commands/commands.repository';
import { Dispatcher } from '../commands/dispatcher';
import {
  afterAnswer,
  type ListAnswer,
  type ListPhase,
  type ListState,
  nextCommand,
  type NextCommand,
  type Wanted,
} from './list-steps';
import * as sql from './local-list.queries';

const INTERVAL_MS = 5000;
/** Between two looks for chargers whose list nobody knows of: those that an older version has made. */
const BEGIN_MS = 60_000;
/** Milliseconds that the workforce service is waited for. */
const PATIENCE_MS = 3000;
/** Cards of an account that have a place in a list at most. */
const MAX_CARDS = 2000;
const DAY_MS = 24 * 3_600_000;
/** Milliseconds before another try; doubled with each one. */
const RETRY_MS = 30_000;
const MAX_RETRY_MS = 6 * 3_600_000;

interface Due {
  readonly charger_id: number;
  readonly account_id: number;
  readonly phase: ListPhase;
  readonly version: number | null;
  /** How often its cards have changed. */
  readonly changes: number;
}

type Row = Due &
  ListState & {
    readonly command_id: number | null;
    readonly time_zone: string;
  } & { readonly [K in keyof ListAnswer]: ListAnswer[K] | null };

const isFinal = (phase: ListPhase): boolean => ['idle', 'unsupported', 'disabled'].includes(phase);

/** Keeps the lists of cards at chargers as they should be: one command after the other, by what is known of each charger. */
@Injectable()
export class LocalLists extends Periodic {
  private beginAt = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly commands: CommandsRepository,
    private readonly dispatcher: Dispatcher,
    private readonly bus: Bus,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Answers how many lists it has looked at. */
  async run(): Promise<number> {
    if (Date.now() >= this.beginAt) {
      await this.transactions.query(sql.BEGIN);
      this.beginAt = Date.now() + BEGIN_MS;
    }
    await this.transactions.query(sql.CHECK);
    const due = await this.transactions.query<Due>(sql.DUE);
    const cards = new Map<number, Promise<ListedCards>>();
    const idle: Due[] = [];
    for (const one of due) {
      if (this.ending) break;
      const asked = cards.get(one.account_id) ?? this.cardsOf(one.account_id);
      cards.set(one.account_id, asked);
      try {
        const listed = await asked;
        if (listed.total === 0 && one.phase === 'limits' && one.version === null) idle.push(one);
        else await this.step(one, listed);
      } catch (error) {
        if (error instanceof Refusal && error.code === 'service_unavailable') throw error;
        await this.postpone(one, error);
      }
    }
    await this.transactions.query(sql.IDLE, [idle.map((one) => one.charger_id), idle.map((one) => one.changes)]);
    return due.length;
  }

  view(chargerId: number, accountId: number): Promise<LocalList | undefined> {
    return this.transactions.first<LocalList>(sql.VIEW, [chargerId, accountId]);
  }

  /** Has it sent anew, from the beginning. */
  async again(chargerId: number, accountId: number): Promise<void> {
    await this.transactions.query(sql.AGAIN, [chargerId, accountId]);
    await this.strip(chargerId, accountId);
  }

  /** Nothing is known of it any more; what the charger has stays there. */
  async forget(chargerId: number, accountId: number): Promise<void> {
    await this.transactions.query(sql.FORGET, [chargerId, accountId]);
    await this.strip(chargerId, accountId);
  }

  /** The cards of accounts have changed. */
  async changed(accounts: readonly number[]): Promise<void> {
    await this.transactions.query(sql.CHANGED, [accounts]);
  }

  /** After its row: what a step under way adds is there then. */
  private async strip(chargerId: number, accountId: number): Promise<void> {
    await this.transactions.query(sql.STRIP_ALL, [chargerId, accountId]);
  }

  private async postpone({ charger_id, account_id }: Due, error: unknown): Promise<void> {
    this.log.warn('The list of a charger could not be looked at', { charger: charger_id, account: account_id, error });
    await this.transactions.query(sql.POSTPONE, [charger_id]);
  }

  private cardsOf(accountId: number): Promise<ListedCards> {
    return this.bus.call(workforceWorkers.cards, { accountId, limit: MAX_CARDS }, internalCaller({}, PATIENCE_MS));
  }

  /** Nothing where the cards have changed since they were asked for: they are asked for again. */
  private async step({ charger_id, changes }: Due, listed: ListedCards): Promise<void> {
    await this.transactions.run(async () => {
      const row = await this.transactions.first<Row>(sql.LOCK, [charger_id, changes]);
      if (!row) return;
      if (row.command_id !== null) await this.transactions.query(sql.STRIP, [row.command_id]);
      const answer = answerIn(row);
      const before: ListState = answer ? afterAnswer(row, answer) : row;
      const wanted = wantedOf(listed, row.time_zone);
      // A try that has failed is not followed by another one at once.
      const waits = before.attempts > row.attempts;
      const { list, command }: NextCommand = waits ? { list: before } : nextCommand(before, wanted);
      const commandId = command ? await this.send(row, command) : null;
      const nextAt = command ? new Date() : waits ? retryAt(list) : lookAt(list, wanted);
      const places = Math.min(wanted.cards.length, list.max_cards ?? wanted.cards.length);
      await this.keep(row.charger_id, list, { commandId, nextAt, leftOut: listed.total - places });
    });
  }

  private async send({ charger_id: chargerId, account_id: accountId }: Row, command: ListAnswer['request']) {
    const id = await this.commands.add({ accountId, chargerId, command, state: 'queued' });
    this.dispatcher.dispatchAfterCommit(id, chargerId);
    return id;
  }

  private async keep(
    chargerId: number,
    list: ListState,
    { commandId, nextAt, leftOut }: { commandId: number | null; nextAt: Date | null; leftOut: number },
  ): Promise<void> {
    const { phase, version, known, entries, max_cards, max_message, attempts, error } = list;
    const next = nextAt?.toISOString() ?? 'infinity';
    const values = [phase, version, known, JSON.stringify(entries), max_cards, max_message, attempts, error];
    await this.transactions.query(sql.KEEP, [chargerId, ...values, commandId, next, Math.max(0, leftOut)]);
  }
}

/** Those that have not expired where the charger is. */
function wantedOf({ cards }: ListedCards, timeZone: string): Wanted {
  const today = localDay(timeZone, Date.now());
  const ends = new Map<string, number>();
  return {
    cards: cards.flatMap(({ rfid, expire_at }) => (expire_at >= today ? [[rfid, expire_at] as const] : [])),
    endOf: (day) => {
      const end = ends.get(day) ?? dayEnd(day, timeZone);
      ends.set(day, end);
      return end;
    },
  };
}

const retryAt = ({ attempts }: ListState): Date =>
  new Date(Date.now() + Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** (attempts - 1)));

/** When a list is looked at again by itself: when its first card expires, within a day. */
function lookAt({ phase, entries }: ListState, { endOf }: Wanted): Date | null {
  if (isFinal(phase)) return null;
  const [now, [first]] = [Date.now(), Object.values(entries).sort()];
  return new Date(first === undefined ? now + DAY_MS : Math.min(now + DAY_MS, Math.max(now + 1000, endOf(first))));
}

/** How the command before has ended; nothing where there was none, or it is not kept any more. */
function answerIn({ state, status, error, answer, request }: Row): ListAnswer | undefined {
  return state === null || request === null ? undefined : { state, status, error, answer, request };
}
