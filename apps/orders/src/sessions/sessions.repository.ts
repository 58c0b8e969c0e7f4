import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { type ReceivedSession, sessionColumns } from './merge-by-session';
import type { Reading, SessionRow } from './session';
import * as sql from './sessions.queries';

/** What became of a session. */
export interface Note {
  readonly session_id: string;
  readonly order_id: number | null;
  /** Something is missing that others know. */
  readonly held: boolean;
  /** Its order is complete. */
  readonly settled: boolean;
}

export interface CardToLookUp {
  readonly session_id: string;
  readonly rfid: string;
  readonly orderId: number;
  readonly accountId: number;
  readonly day: string;
}

type ReadingRow = Reading & { readonly session_id: string };

/** Every query about sessions. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly transactions: Transactions) {}

  async merge(received: readonly ReceivedSession[]): Promise<void> {
    const readings = received.flatMap(({ session_id, readings }) =>
      [...readings].map(([read_at, wh]) => ({ session_id, read_at, wh })),
    );
    await this.transactions.query(sql.MERGE, [JSON.stringify(received.map(sessionColumns))], 'sessions.merge');
    if (readings.length > 0) await this.transactions.query(sql.READ, [JSON.stringify(readings)], 'sessions.read');
  }

  /** Puts starts in the place of those that the stream stored later. */
  async restoreStarts(rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(sql.RESTORE_START, [JSON.stringify(rows)]);
  }

  async restoreEnds(rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(sql.RESTORE_END, [JSON.stringify(rows)]);
  }

  /** Makes what is known of a session another session; the session itself has no order then. */
  async split(sessionId: string, other: string): Promise<void> {
    await this.transactions.query(sql.SPLIT, [sessionId, other]);
  }

  locked(ids: readonly string[]): Promise<SessionRow[]> {
    return this.transactions.query<SessionRow>(sql.LOCK, [ids], 'sessions.lock');
  }

  /** The readings that price sessions, by session and oldest first. */
  async readings(ids: readonly string[]): Promise<Map<string, Reading[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transactions.query<ReadingRow>(sql.READINGS, [ids], 'sessions.readings');
    const bySession = new Map<string, Reading[]>();
    for (const row of rows) {
      const known = bySession.get(row.session_id);
      if (known) known.push(row);
      else bySession.set(row.session_id, [row]);
    }
    return bySession;
  }

  async lastReadings(ids: readonly string[]): Promise<Map<string, Reading>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transactions.query<ReadingRow>(sql.LAST_READINGS, [ids], 'sessions.last-readings');
    return new Map(rows.map((row) => [row.session_id, row]));
  }

  async note(notes: readonly Note[]): Promise<void> {
    await this.transactions.query(sql.NOTE, [JSON.stringify(notes)], 'sessions.note');
  }

  /** Those whose ids come after one, in their order. */
  async held(after: string, most: number): Promise<string[]> {
    const rows = await this.transactions.query<{ session_id: string }>(sql.HELD, [after, most]);
    return rows.map(({ session_id }) => session_id);
  }

  async mention(ids: readonly string[]): Promise<SessionRow[]> {
    await this.transactions.query(sql.MENTION, [ids], 'sessions.mention');
    return this.locked(ids);
  }

  cards(most: number): Promise<CardToLookUp[]> {
    return this.transactions.query<CardToLookUp>(sql.CARDS, [most]);
  }

  async cardDone({ session_id, rfid, orderId }: CardToLookUp, workerId: number | null): Promise<void> {
    await this.transactions.query(sql.CARD_DONE, [session_id, workerId, rfid, orderId]);
  }

  async silent(minutes: number, most: number): Promise<string[]> {
    const rows = await this.transactions.query<{ session_id: string }>(sql.SILENT, [minutes, most]);
    return rows.map(({ session_id }) => session_id);
  }

  /** Running sessions that have come to a limit in minutes without a reading that says so. */
  async overTime(most: number): Promise<string[]> {
    const rows = await this.transactions.query<{ session_id: string }>(sql.OVER_TIME, [most]);
    return rows.map(({ session_id }) => session_id);
  }

  /** Ends those that are silent still, and answers which. */
  async silence(minutes: number, ids: readonly string[]): Promise<string[]> {
    const rows = await this.transactions.query<{ session_id: string }>(sql.SILENCE, [minutes, ids]);
    return rows.map(({ session_id }) => session_id);
  }

  async tidy(most: number): Promise<void> {
    await this.transactions.query(sql.ORPHANS, [most]);
    await this.transactions.query(sql.OLD_READINGS, [most]);
  }
}
