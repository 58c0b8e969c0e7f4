import { Injectable } from '@nestjs/common';
import type { ChargerCommand, ChargerSetting, CommandReason, CommandState, CommandType } from '@open-cpo/contracts';
import type { Command, CommandAnswer, ConfigurationKey } from '@open-cpo/ocpp';
import { type Param, Transactions } from '@open-cpo/persistence';
import { isSecretKey, withoutCredentials } from '../messages/redaction';
import * as sql from './command.queries';

/** A command of an account to one of its chargers. */
export interface NewCommand {
  readonly accountId: number;
  readonly chargerId: number;
  readonly command: Command;
  readonly state: 'queued' | 'not_connected';
  readonly transactionId?: number;
  readonly reason?: CommandReason;
  readonly userId?: number;
}

/** A command that is this connection's to send. */
export interface ClaimedCommand {
  readonly id: number;
  readonly charger_id: number;
  readonly command: Command;
  /** Of a stop in OCPP 2.0.1: the charger's own id of the transaction. */
  readonly transaction?: string;
}

/** Which of a charger's commands are asked for. */
export interface CommandsQuery {
  readonly before?: number | null;
  readonly state?: CommandState | null;
  readonly limit: number;
}

/** A session that is to be stopped now. */
export interface ToStop {
  readonly id: number;
  readonly charger_id: number;
  readonly account_id: number;
  readonly reason: CommandReason;
  readonly attempts: number;
}

export interface StartOfTag {
  readonly id: number;
  readonly command: Command & { readonly type: 'start' };
}

type Shown = Omit<ChargerCommand, 'request'> & { readonly request: Command };

/** Seconds that a command waits for its turn, and a charger may take to answer. */
export const WAIT_SECONDS = 60;
export const ANSWER_SECONDS = 30;

/** Commands to chargers. */
@Injectable()
export class CommandsRepository {
  constructor(private readonly transactions: Transactions) {}

  async add(made: NewCommand): Promise<number> {
    const { accountId, chargerId, command, state, transactionId, reason, userId } = made;
    const whose = [accountId, chargerId, command.type, JSON.stringify(command), state];
    const rest = [transactionId, reason, userId, WAIT_SECONDS].map((one) => one ?? null);
    const row = await this.transactions.first<{ id: number }>(sql.ADD, [...whose, ...rest]);
    if (!row) throw new Error('A command was added and is not there.');
    await this.transactions.query(sql.BEYOND_LIMIT, [accountId, chargerId]);
    return row.id;
  }

  one(accountId: number, chargerId: number, id: number): Promise<Shown | undefined> {
    return this.transactions.first<Shown>(sql.ONE, [accountId, chargerId, id]);
  }

  table(accountId: number, chargerId: number, { before, state, limit }: CommandsQuery): Promise<Shown[]> {
    return this.transactions.query<Shown>(sql.TABLE, [accountId, chargerId, before ?? null, state ?? null, limit]);
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
    type Row = { id: number; charger_id: number; request: Command; transaction: string | null };
    const row = await this.transactions.first<Row>(sql.CLAIM, [id, chargerId, generation]);
    if (!row) return undefined;
    const { charger_id, request: command, transaction } = row;
    return { id: row.id, charger_id, command, transaction: transaction ?? undefined };
  }

  /** With the settings that it told. */
  async answered({ id, charger_id, command }: ClaimedCommand, answer: CommandAnswer): Promise<void> {
    await this.transactions.run(async () => {
      await this.ask(sql.ANSWERED, id, answer.accepted, answer.status);
      if (command.type === 'read_configuration') await this.keepSettings(charger_id, command.key, answer);
    });
  }

  /** `answered`: whether the charger answered by an error. */
  async failed(id: number, error: string, answered = false): Promise<void> {
    await this.ask(sql.FAILED, id, error, answered);
  }

  /** False where it was ended before. */
  async timedOut(id: number): Promise<boolean> {
    return (await this.transactions.query(sql.TIMED_OUT, [id])).length > 0;
  }

  async notConnected(id: number): Promise<void> {
    await this.ask(sql.NOT_CONNECTED, id);
  }

  /** Ends what nobody answers any more, and what was accepted and has not happened; answers the types of the former. */
  async expire(): Promise<CommandType[]> {
    const expired = await this.transactions.query<{ type: CommandType }>(sql.EXPIRED, [ANSWER_SECONDS]);
    await this.ask(sql.MISSING);
    return expired.map(({ type }) => type);
  }

  /** Commands that should have been sent: who was to send them may have ended. */
  stranded(): Promise<{ id: number; charger_id: number }[]> {
    return this.transactions.query(sql.STRANDED);
  }

  /** The start that a one-time tag was made for, at a moment. */
  async startOf(accountId: number, chargerId: number, tag: string, at: number): Promise<StartOfTag | undefined> {
    const params = [accountId, chargerId, tag, new Date(at)];
    const row = await this.transactions.first<{ id: number; request: StartOfTag['command'] }>(sql.START_BY_TAG, params);
    return row && { id: row.id, command: row.request };
  }

  /** A session has begun with the card of a start; answers the command. */
  async started(accountId: number, chargerId: number, tag: string, transactionId: number): Promise<number | undefined> {
    const row = await this.transactions.first<{ id: number }>(sql.STARTED, [accountId, chargerId, tag, transactionId]);
    return row?.id;
  }

  /** Whether a session was started by a command with this tag. */
  async startedWith(accountId: number, transactionId: number, tag: string): Promise<boolean> {
    return (await this.transactions.query(sql.STARTED_WITH, [accountId, transactionId, tag])).length > 0;
  }

  async stopped(transactionId: number): Promise<void> {
    await this.ask(sql.STOPPED, transactionId);
  }

  /** Ends the stops that wait for a session whose id began anew. */
  async overtaken(transactionId: number): Promise<void> {
    await this.ask(sql.OVERTAKEN, transactionId);
  }

  async restarted(accountId: number, chargerId: number): Promise<void> {
    await this.ask(sql.RESTARTED, accountId, chargerId);
  }

  settings(chargerId: number): Promise<ChargerSetting[]> {
    return this.transactions.query<ChargerSetting>(sql.SETTINGS, [chargerId]);
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

  /** Of any account: who asks compares it. */
  ofOrder(
    orderId: number,
  ): Promise<{ id: number; charger_id: number; account_id: number; stopped_at: Date | null } | undefined> {
    return this.transactions.firstAcrossAccounts(sql.OF_ORDER, [orderId]);
  }

  async stopOrdered(transactionId: number): Promise<void> {
    await this.ask(sql.STOP_ORDERED, transactionId);
  }

  async isOpen(transactionId: number, chargerId: number, accountId: number): Promise<boolean> {
    return (await this.transactions.query(sql.OPEN_TRANSACTION, [transactionId, chargerId, accountId])).length > 0;
  }

  private async keepSettings(chargerId: number, asked: string | undefined, answer: CommandAnswer): Promise<void> {
    const told = toldOf(answer, asked);
    const byKey = new Map(told.map((one) => [one.key, one]));
    const rows = [...byKey.values()].map(({ key, value, readonly }) => {
      const secret = isSecretKey(key);
      return { key, value: secret || value === undefined ? null : withoutCredentials(value), readonly, secret };
    });
    if (answer.complete) await this.ask(sql.FORGET_SETTINGS, chargerId, [...byKey.keys()]);
    await this.ask(sql.KEEP_SETTINGS, chargerId, JSON.stringify(rows));
    await this.ask(sql.SETTINGS_BEYOND_LIMIT, chargerId);
  }

  private async ask(text: string, ...params: Param[]): Promise<void> {
    await this.transactions.query(text, params);
  }
}

/** Of one that was asked for, that alone: a charger may tell others, too. */
function toldOf({ configuration = [] }: CommandAnswer, asked: string | undefined): readonly ConfigurationKey[] {
  if (asked === undefined) return configuration;
  const isAsked = ({ key }: ConfigurationKey): boolean => key.toLowerCase() === asked.toLowerCase();
  const found = configuration.find(({ key }) => key === asked) ?? configuration.find(isAsked);
  return found ? [found] : [];
}
