import type { CommandReason, CommandState } from '@open-cpo/contracts';
import type { Command } from '@open-cpo/ocpp';
import type { SessionTerms } from '../sessions/terms';

/** A command of an account to one of its chargers. */
export interface NewCommand {
  readonly accountId: number;
  readonly chargerId: number;
  readonly command: Command;
  readonly state: 'queued' | 'not_connected';
  readonly transactionId?: number;
  readonly reason?: CommandReason;
  readonly userId?: number;
  /** Of a start: the session that was asked for. */
  readonly session?: SessionTerms;
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
  readonly request: Command & { readonly type: 'start' };
  readonly session: SessionTerms | null;
  /** That which began with it. */
  readonly transaction_id: number | null;
  /** Whether it was withdrawn: nothing begins with it. */
  readonly cancelled: boolean;
  /** When its tag was shown at the earliest, in epoch milliseconds, where the charger says before that: its clock is behind. */
  readonly shown_at: number | null;
}
