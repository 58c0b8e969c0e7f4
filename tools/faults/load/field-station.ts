import { randomUUID } from 'node:crypto';
import { transactionEventPayload } from '@open-cpo/testing';
import type { Json } from './charger-connection';
import { FieldCharger } from './field-charger';
import {
  CARD,
  type Course,
  type Measured,
  offlineCourse,
  pastCourse,
  READINGS,
  rightRegisters,
  SESSION_MINUTES,
  SESSION_WH,
} from './field-session';
import { shuffled } from './shuffled';

/** A transaction as the platform knows it. */
export interface KnownTransaction {
  readonly id: number;
  /** That the charger gave it. */
  readonly remote_id: string | null;
}

/** A charger of OCPP 2.0.1, which reports the end of each session first, and the begin last. */
export class FieldStation extends FieldCharger {
  /** By the id that it gave. */
  private readonly reported = new Map<string, Measured>();

  /** Learns which session is which of its own; one that is there twice stays unknown. */
  adopt(known: readonly KnownTransaction[]): void {
    for (const { id, remote_id } of known) {
      const measured = this.reported.get(remote_id ?? '');
      if (!measured || this.begun.has(id)) continue;
      this.reported.delete(remote_id ?? '');
      const session = `ocpp.${this.options.id}.${id}`;
      this.begun.add(id);
      this.measured.set(session, measured);
      Object.assign(this.journal.begin('session', session), { acknowledged: true, tries: 1 });
    }
    for (const id of this.reported.keys()) this.connection.problem(`no session is the transaction ${id}`);
    this.reported.clear();
  }

  protected override async session(over: () => boolean): Promise<void> {
    const transactionId = randomUUID();
    const events = this.eventsOf(transactionId, pastCourse(), READINGS);
    await this.reportAll(events.toReversed(), [transactionId], over);
  }

  protected override async replay(
    { sessions, readings }: { readonly sessions: number; readonly readings: number },
    over: () => boolean,
  ): Promise<void> {
    this.connection.cut();
    const ids = Array.from({ length: sessions }, () => randomUUID());
    const events = ids.flatMap((id, n) => this.eventsOf(id, offlineCourse(n, sessions), readings));
    await this.reportAll(shuffled(events), ids, over);
  }

  private async reportAll(events: readonly Json[], ids: readonly string[], over: () => boolean): Promise<void> {
    for (const event of events) await this.connection.deliver('TransactionEvent', event, over);
    if (over()) return;
    for (const id of ids) this.reported.set(id, { wh: SESSION_WH, minutes: SESSION_MINUTES, slack: 0, flags: [] });
    this.ended += ids.length;
  }

  private eventsOf(transactionId: string, course: Course, readings: number): Json[] {
    const { begin, readings: amid, end } = rightRegisters(this.register, SESSION_WH, readings);
    this.register = end;
    const registers = [begin, ...amid.map(Number), end];
    return registers.map((wh, seqNo) =>
      transactionEventPayload({
        ...{ transactionId, seqNo, wh, triggerReason: 'Authorized' },
        type: seqNo === 0 ? 'Started' : seqNo === readings + 1 ? 'Ended' : 'Updated',
        timestamp: this.said(course(seqNo / (readings + 1))),
        ...(seqNo === 0 ? { card: CARD } : {}),
        more: { offline: true, evse: { id: 1, connectorId: 1 } },
      }),
    );
  }
}
