import { Injectable } from '@nestjs/common';
import { type ChargerCommand, type CommandType, SENT_COMMAND_TYPES } from '@open-cpo/contracts';
import type { Command, CommandAnswer } from '@open-cpo/ocpp';
import { type Param, Transactions } from '@open-cpo/persistence';
import type { SessionTerms } from '../sessions/terms';
import type { ClaimedCommand, CommandsQuery, NewCommand, StartOfTag, ToStop } from './command.rows';
import * as sql from './command.queries';
import { SettingsRepository } from './settings.repository';

type Row = Omit<ChargerCommand, 'request'> & { readonly request: Command };

/** When something was shown to a charger, by its clock and by ours: epoch milliseconds. */
export interface Shown {
  readonly at: number;
  readonly receivedAt: number;
}

/** Settings that say how long a list may be. */
const MAX_LIMITS = 10;

/** Seconds that a command waits for its turn, and a charger may take to answer. */
export const WAIT_SECONDS = 60;
export const ANSWER_SECONDS = 30;

/** Commands to chargers. */
@Injectable()
export class CommandsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly settings: SettingsRepository,
  ) {}

  async add(made: NewCommand): Promise<number> {
    const { accountId, chargerId, command, state, transactionId, reason, userId, session } = made;
    const whose = [accountId, chargerId, command.type, JSON.stringify(command), state];
    const rest = [transactionId, reason, userId].map((one) => one ?? null);
    const terms = session ? JSON.stringify(session) : null;
    const params = [...whose, ...rest, terms, WAIT_SECONDS];
    const row = await this.transactions.first<{ id: number }>(sql.ADD, params);
    if (!row) throw new Error('A command was added and is not there.');
    await this.transactions.query(sql.BEYOND_LIMIT, [accountId, chargerId]);
    return row.id;
  }

  one(accountId: number, chargerId: number, id: number): Promise<Row | undefined> {
    return this.transactions.first<Row>(sql.ONE, [accountId, chargerId, id]);
  }

  table(accountId: number, chargerId: number, { before, state, limit }: CommandsQuery): Promise<Row[]> {
    return this.transactions.query<Row>(sql.TABLE, [accountId, chargerId, before ?? null, state ?? null, limit]);
  }

  /**
   * How many are not answered yet, and whether the charger is known to have no connection; no other command is added until the
   * end of the transaction.
   */
  async waiting(accountId: number, chargerId: number): Promise<{ readonly n: number; readonly away: boolean }> {
    await this.ask(sql.LOCK_COMMANDS, String(chargerId));
    const row = await this.transactions.first<{ n: number; away: boolean }>(sql.WAITING, [accountId, chargerId]);
    return row ?? { n: 0, away: true };
  }

  /** By a connection of its charger. Nothing where another one has it, or a newer one has taken over. */
  async claim(id: number, chargerId: number, generation: number): Promise<ClaimedCommand | undefined> {
    type Claim = { id: number; charger_id: number; request: Command; transaction: string | null };
    const row = await this.transactions.first<Claim>(sql.CLAIM, [id, chargerId, generation]);
    if (!row) return undefined;
    const { charger_id, request: command, transaction } = row;
    return { id: row.id, charger_id, command, transaction: transaction ?? undefined };
  }

  /** With the settings that it reported. */
  async answered({ id, charger_id, command }: ClaimedCommand, answer: CommandAnswer): Promise<void> {
    await this.transactions.run(async () => {
      const told = toldIn(answer, command.type === 'read_local_list_limits');
      await this.ask(sql.ANSWERED, id, answer.accepted, answer.status, told);
      if (command.type === 'read_configuration') await this.settings.answered(charger_id, command.key, answer);
      if (command.type === 'configure' && answer.accepted) {
        await this.settings.changed(charger_id, command.key, command.value);
      }
    });
  }

  /** `answered`: whether the charger answered by an error. */
  async failed(id: number, error: string, answered = false): Promise<void> {
    await this.ask(sql.FAILED, id, error, answered);
  }

  /** False where it cannot be withdrawn any more. The charger must be locked: a session may be about to begin. */
  async cancel(accountId: number, chargerId: number, id: number): Promise<boolean> {
    return (await this.transactions.query(sql.CANCEL, [accountId, chargerId, id, SENT_COMMAND_TYPES])).length > 0;
  }

  async isCancelled({ id }: StartOfTag): Promise<boolean> {
    return (await this.transactions.query(sql.IS_CANCELLED, [id])).length > 0;
  }

  /** False where it was ended before. */
  async timedOut(id: number): Promise<boolean> {
    return (await this.transactions.query(sql.TIMED_OUT, [id])).length > 0;
  }

  async notConnected(id: number): Promise<void> {
    await this.ask(sql.NOT_CONNECTED, id);
  }

  /** Ends commands that get no answer any more, and what was accepted and has not happened; answers the types of the former. */
  async expire(): Promise<CommandType[]> {
    const expired = await this.transactions.query<{ type: CommandType }>(sql.EXPIRED, [ANSWER_SECONDS]);
    await this.ask(sql.MISSING);
    return expired.map(({ type }) => type);
  }

  /** Commands that should have been sent: who was to send them may have ended. */
  stranded(): Promise<{ id: number; charger_id: number }[]> {
    return this.transactions.query(sql.STRANDED);
  }

  /** The start that a one-time tag was made for, as it was shown. */
  async startOf(accountId: number, chargerId: number, tag: string, shown: Shown): Promise<StartOfTag | undefined> {
    const times = [new Date(shown.at), new Date(shown.receivedAt)];
    return this.transactions.first<StartOfTag>(sql.START_BY_TAG, [accountId, chargerId, tag, ...times]);
  }

  /** The tag that a start was sent with, as the charger names it. */
  async tagOfStart(accountId: number, chargerId: number, id: number, shown: Shown): Promise<string | undefined> {
    const params = [accountId, chargerId, id, new Date(shown.at), new Date(shown.receivedAt)];
    return (await this.transactions.first<{ tag: string }>(sql.TAG_OF_START, params))?.tag;
  }

  /** What a session was asked for with, where it was. */
  async termsOf(transactionId: number): Promise<SessionTerms | undefined> {
    const row = await this.transactions.first<{ session: SessionTerms }>(sql.TERMS, [transactionId]);
    return row?.session;
  }

  /** A session has begun with the card of a start. */
  async started(accountId: number, chargerId: number, tag: string, transactionId: number): Promise<void> {
    await this.ask(sql.STARTED, accountId, chargerId, tag, transactionId);
  }

  /** A session has begun with the tag that was made for a start. */
  async startedRemotely({ id }: StartOfTag, transactionId: number): Promise<void> {
    await this.ask(sql.STARTED_REMOTELY, id, transactionId);
  }

  /** Whether a session was started by a command with this tag. */
  async startedWith(accountId: number, transactionId: number, tag: string): Promise<boolean> {
    return (await this.transactions.query(sql.STARTED_WITH, [accountId, transactionId, tag])).length > 0;
  }

  async stopped(transactionId: number): Promise<void> {
    await this.ask(sql.STOPPED, transactionId);
  }

  /** Ends the stops that wait for a session whose id was reused. */
  async overtaken(transactionId: number): Promise<void> {
    await this.ask(sql.OVERTAKEN, transactionId);
  }

  /** Sessions that are to be stopped now, of chargers that are connected; locked. */
  async toStop(): Promise<ToStop[]> {
    return this.transactions.query<ToStop>(sql.TO_STOP);
  }

  /** Sessions of a charger that are to be stopped are tried at once. */
  async dueAgain(accountId: number, chargerId: number): Promise<void> {
    await this.ask(sql.DUE_AGAIN, chargerId, accountId);
  }

  async tried(transactions: readonly number[]): Promise<void> {
    await this.ask(sql.TRIED, transactions);
  }

  async limited(sessions: readonly object[]): Promise<void> {
    if (sessions.length > 0) await this.ask(sql.LIMITED, JSON.stringify(sessions));
  }

  async ordered(sessions: readonly object[]): Promise<void> {
    if (sessions.length > 0) await this.ask(sql.ORDERED, JSON.stringify(sessions));
  }

  /** The session of an order. @throws Refusal `not_found`, `forbidden` */
  ofOrder(
    orderId: number,
    accountId: number,
  ): Promise<{ id: number; charger_id: number; account_id: number; stopped_at: Date | null }> {
    return this.transactions.owned(sql.OF_ORDER, accountId, [orderId]);
  }

  async stopOrdered(transactionId: number): Promise<void> {
    await this.ask(sql.STOP_ORDERED, transactionId);
  }

  async isOpen(transactionId: number, chargerId: number, accountId: number): Promise<boolean> {
    return (await this.transactions.query(sql.OPEN_TRANSACTION, [transactionId, chargerId, accountId])).length > 0;
  }

  private async ask(text: string, ...params: Param[]): Promise<void> {
    await this.transactions.query(text, params);
  }
}

/** What is kept of an answer beside its status; settings that were asked for by the owner are kept by themselves. */
function toldIn({ version, file, ongoing, queued, configuration }: CommandAnswer, limits: boolean): string | null {
  const told = {
    version,
    file,
    ongoing,
    queued,
    ...(limits ? { configuration: configuration?.slice(0, MAX_LIMITS) } : {}),
  };
  return Object.values(told).some((one) => one !== undefined) ? JSON.stringify(told) : null;
}
